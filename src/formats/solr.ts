import type { Attributes } from '../model/index.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { severityOfWord } from './levels.ts';
import { readIsoStamp, type Clock } from './time.ts';

/**
 * Solr: `time LEVEL (thread) [c:collection s:shard r:replica x:core] o.a.s.Logger message`.
 * @see https://github.com/apache/solr/blob/main/solr/server/resources/log4j2.xml
 */
export const solr: LogFormat = {
  id: 'solr',
  title: 'Apache Solr',
  technology: 'solr',
  firstCharacters: '0123456789',
  continuation: 'text',
  parse,
  samples: [
    {
      text: "2018-09-05 16:26:27.396 ERROR (http-nio-8080-exec-1) [   x:new_core1] o.a.s.h.RequestHandlerBase org.apache.solr.common.SolrException: Error CREATEing SolrCore 'new_core1': Unable to create core [new_core1] Caused by: Can't find resource 'conf/solrconfig.xml' in classpath or 'C:\\tomcat8\\solr_home\\solrhome\\new_core1'\n        at org.apache.solr.core.CoreContainer.create(CoreContainer.java:1084)",
      origin: 'public file index id 43191091011',
      time: '2018-09-05T16:26:27.396Z',
      severityNumber: 17,
      body: "org.apache.solr.common.SolrException: Error CREATEing SolrCore 'new_core1': Unable to create core [new_core1] Caused by: Can't find resource 'conf/solrconfig.xml' in classpath or 'C:\\tomcat8\\solr_home\\solrhome\\new_core1'\n        at org.apache.solr.core.CoreContainer.create(CoreContainer.java:1084)",
      attributes: { 'thread.name': 'http-nio-8080-exec-1', 'solr.core': 'new_core1' },
    },
    {
      text: "2026-05-30 18:13:23.989 ERROR (qtp566113173-19-null-60) [ x:eLeDia_core t:null-60] o.a.s.h.RequestHandlerBase Client exception =>org.apache.solr.common.SolrException: Error CREATEing SolrCore 'eLeDia_core': coreNodeName missing {configSet=eLeDia-moodle-tenant}",
      origin: 'public file index id 55931395550',
      time: '2026-05-30T18:13:23.989Z',
      severityNumber: 17,
      body: "Client exception =>org.apache.solr.common.SolrException: Error CREATEing SolrCore 'eLeDia_core': coreNodeName missing {configSet=eLeDia-moodle-tenant}",
    },
  ],
};

const HEAD =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) (TRACE|DEBUG|INFO|WARN|ERROR) {1,2}\(([^()\n]{1,300})\) \[([^\]\n]{0,300})\] ((?:[a-z]\w*\.)+[\w$]{1,100}) /;
const CONTEXT = /([csrx]):(\S+)/g;
const CONTEXT_NAMES: Readonly<Record<string, string>> = {
  c: 'solr.collection',
  s: 'solr.shard',
  r: 'solr.replica',
  x: 'solr.core',
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, stamp = '', level = '', thread = '', context = '', logger = ''] = found;
  const instant = readIsoStamp(stamp, clock)?.instant;
  const severityNumber = severityOfWord(level);
  if (instant === undefined || severityNumber === undefined) return undefined;
  const attributes: Attributes = new Map([
    ['thread.name', thread],
    ['log.logger', logger],
  ]);
  for (const [, key = '', value = ''] of context.matchAll(CONTEXT)) attributes.set(CONTEXT_NAMES[key] ?? key, value);
  return { timestamp: instant, severityNumber, severityText: level, body: line.slice(head.length), attributes };
}
