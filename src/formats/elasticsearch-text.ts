import { readElasticLine } from './elastic-line.ts';
import type { LogFormat } from './format.ts';

/**
 * Elasticsearch's plain text log: `[time][LEVEL][o.e.x.Logger] [node] message`.
 * @see https://www.elastic.co/guide/en/elasticsearch/reference/7.17/logging.html
 */
export const elasticsearchText: LogFormat = {
  id: 'elasticsearch-text',
  title: 'Elasticsearch (text)',
  technology: 'elasticsearch',
  firstCharacters: '[',
  continuation: 'text',
  parse(line, clock) {
    const read = readElasticLine(line, clock);
    return read === undefined || /^(?:o\.o\.|org\.opensearch\.|logstash\.|org\.logstash\.)/.test(read.logger)
      ? undefined
      : read.line;
  },
  samples: [
    {
      text: '[2018-08-14T00:00:41,209][WARN ][o.e.m.j.JvmGcMonitorService] [elasticsearch1] [gc][64700] overhead, spent [7.8s] collecting in the last [8.7s]',
      origin: 'gist nickpeirson/e684c5d9',
      time: '2018-08-14T00:00:41.209Z',
      severityNumber: 13,
      body: '[gc][64700] overhead, spent [7.8s] collecting in the last [8.7s]',
      attributes: { 'log.logger': 'o.e.m.j.JvmGcMonitorService', 'node.name': 'elasticsearch1' },
    },
    {
      text: '[2020-12-15T03:38:54,811][ERROR][o.e.b.Bootstrap          ] [localhost.localdomain] node validation exception\n[3] bootstrap checks failed\n[1]: max file descriptors [4096] for elasticsearch process is too low, increase to at least [65535]\n[2]: max virtual memory areas vm.max_map_count [65530] is too low, increase to at least [262144]',
      origin: 'public file index id 1220023837',
      time: '2020-12-15T03:38:54.811Z',
      severityNumber: 17,
      body: 'node validation exception\n[3] bootstrap checks failed\n[1]: max file descriptors [4096] for elasticsearch process is too low, increase to at least [65535]\n[2]: max virtual memory areas vm.max_map_count [65530] is too low, increase to at least [262144]',
    },
    {
      text: '[2018-12-26T15:28:40,711][ERROR][o.e.b.Bootstrap          ] Exception\njava.lang.NullPointerException: null\n        at sun.nio.fs.UnixFileSystem.getPath(UnixFileSystem.java:273) ~[?:1.8.0_11]',
      origin: 'public file index id 18510272908',
      time: '2018-12-26T15:28:40.711Z',
      severityNumber: 17,
      body: 'Exception\njava.lang.NullPointerException: null\n        at sun.nio.fs.UnixFileSystem.getPath(UnixFileSystem.java:273) ~[?:1.8.0_11]',
    },
  ],
};
