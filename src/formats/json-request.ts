import { numberField, stringField, type JsonObject } from './json-fields.ts';

/** An access log in JSON: nginx's `request` and `status`, or the method and path of others. */
export function requestLine(object: JsonObject): string {
  const status = numberField(object, 'status', 'status_code', 'statusCode', 'response_status');
  const request =
    stringField(object, 'request') ??
    [stringField(object, 'method', 'request_method'), stringField(object, 'path', 'uri', 'url', 'request_uri')]
      .filter((part) => part !== undefined)
      .join(' ');
  return request === '' ? '' : `${request}${status === undefined ? '' : ` ${status}`}`;
}

/** What an access log says beside the usual names; nginx's `request_time` is in seconds. */
export function requestFacts(object: JsonObject): [name: string, value: string | number | undefined][] {
  const request = /^([A-Z]{3,10}) (\S{1,4096})/.exec(stringField(object, 'request') ?? '');
  const seconds = numberField(object, 'request_time');
  return [
    ['http.request.method', request?.[1]],
    ['url.path', request?.[2]],
    ['client.address', stringField(object, 'remote_addr', 'client_ip', 'remote_ip', 'clientip')],
    ['user_agent.original', stringField(object, 'http_user_agent', 'user_agent')],
    ['duration_ms', seconds === undefined ? undefined : seconds * 1000],
  ];
}
