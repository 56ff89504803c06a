import type { LogFormat, ParsedLine } from './format.ts';
import { parseJsonObject, stringField } from './json-fields.ts';
import { firstText, jsonRecord, timeOf, wordLevel } from './json-record.ts';
import type { Clock } from './time.ts';

/**
 * The JSON logs of Elasticsearch 8 (ECS with `elasticsearch.…` fields), and of Elasticsearch 7 and OpenSearch
 * (`type: server`, `component`, `cluster.name`).
 * @see https://www.elastic.co/docs/deploy-manage/monitor/logging-configuration/elasticsearch-log4j-configuration-self-managed
 */
export const elasticsearchJson: LogFormat = {
  id: 'elasticsearch-json',
  title: 'Elasticsearch and OpenSearch (JSON)',
  technology: 'elasticsearch',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"@timestamp":"2022-11-28T14:55:36.468Z", "log.level": "WARN", "message":"monitoring execution failed", "ecs.version": "1.2.0","service.name":"ES_ECS","event.dataset":"elasticsearch.server","process.thread.name":"Thread-0","log.logger":"org.elasticsearch.xpack.monitoring.MonitoringService","elasticsearch.cluster.uuid":"QQtPPy5IQ7ic4nqDuKCbQA","elasticsearch.node.id":"GjCqOccEQCuBalfzf_bV9A","elasticsearch.node.name":"MC02F6593MD6R","elasticsearch.cluster.name":"elasticsearch","error.type":"org.elasticsearch.xpack.monitoring.exporter.ExportException","error.message":"failed to flush export bulks","error.stack_trace":"org.elasticsearch.xpack.monitoring.exporter.ExportException: failed to flush export bulks\\n\\tat org.elasticsearch.xpack.monitoring.exporter.ExportBulk$Compound.lambda$doFlush$0(ExportBulk.java:110)\\n"}',
      origin: 'public file index id 48173212314, stack shortened',
      time: '2022-11-28T14:55:36.468Z',
      severityNumber: 13,
      body: 'monitoring execution failed',
      attributes: {
        'exception.type': 'org.elasticsearch.xpack.monitoring.exporter.ExportException',
        'thread.name': 'Thread-0',
        'elasticsearch.node.name': 'MC02F6593MD6R',
      },
    },
    {
      text: '{"@timestamp":"2022-11-28T14:55:39.428Z", "log.level": "INFO", "message":"stopped", "ecs.version": "1.2.0","service.name":"ES_ECS","event.dataset":"elasticsearch.server","process.thread.name":"Thread-0","log.logger":"org.elasticsearch.node.Node","elasticsearch.cluster.uuid":"QQtPPy5IQ7ic4nqDuKCbQA","elasticsearch.node.id":"GjCqOccEQCuBalfzf_bV9A","elasticsearch.node.name":"MC02F6593MD6R","elasticsearch.cluster.name":"elasticsearch"}',
      origin: 'public file index id 48173212314',
      time: '2022-11-28T14:55:39.428Z',
      severityNumber: 9,
      body: 'stopped',
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const object = parseJsonObject(line);
  if (object === undefined || !isOfServer(line, object['type'], object['component'])) return undefined;
  return jsonRecord(object, {
    timestamp: timeOf(stringField(object, '@timestamp', 'timestamp'), clock),
    level: wordLevel(stringField(object, 'log.level', 'level')),
    body: firstText(object['message'], object['error.message']),
    known: ['@timestamp', 'timestamp', 'log.level', 'level', 'message', 'ecs.version'],
    extra: [['log.logger', stringField(object, 'component', 'log.logger')]],
  });
}

function isOfServer(line: string, type: unknown, component: unknown): boolean {
  if (line.includes('"elasticsearch.') && line.includes('"@timestamp"')) return true;
  return typeof type === 'string' && typeof component === 'string' && line.includes('"cluster.name"');
}
