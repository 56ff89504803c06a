import { readElasticLine } from './elastic-line.ts';
import type { LogFormat } from './format.ts';

/**
 * OpenSearch's plain text log: `[time][LEVEL][o.o.x.Logger] [node] message`.
 * @see https://docs.opensearch.org/latest/install-and-configure/configuring-opensearch/logs/
 */
export const opensearchText: LogFormat = {
  id: 'opensearch-text',
  title: 'OpenSearch (text)',
  technology: 'opensearch',
  firstCharacters: '[',
  continuation: 'text',
  parse(line, clock) {
    const read = readElasticLine(line, clock);
    return read !== undefined && /^(?:o\.o\.|org\.opensearch\.)/.test(read.logger) ? read.line : undefined;
  },
  samples: [
    {
      text: '[2022-10-18T16:35:58,457][WARN ][o.o.c.r.a.DiskThresholdMonitor] [opensearch-cluster-master-0] high disk watermark [90%] exceeded on [E1Sp8R0bQHGN9YYCplz_BQ][opensearch-cluster-data-0][/usr/share/opensearch/data/nodes/0] free: 9.9gb[9.9%], shards will be relocated away from this node; currently relocating away shards totalling [0] bytes; the node is expected to continue to exceed the high disk watermark when these relocations are complete',
      origin: 'public file index id 20251174385',
      time: '2022-10-18T16:35:58.457Z',
      severityNumber: 13,
      body: 'high disk watermark [90%] exceeded on [E1Sp8R0bQHGN9YYCplz_BQ][opensearch-cluster-data-0][/usr/share/opensearch/data/nodes/0] free: 9.9gb[9.9%], shards will be relocated away from this node; currently relocating away shards totalling [0] bytes; the node is expected to continue to exceed the high disk watermark when these relocations are complete',
      attributes: { 'node.name': 'opensearch-cluster-master-0' },
    },
    {
      text: '[2025-07-23T13:44:31,702][ERROR][o.o.b.OpenSearchUncaughtExceptionHandler] [os01] fatal error in thread [opensearch[os01][search][T#8]], exiting',
      origin: 'public file index id 14068597974',
      time: '2025-07-23T13:44:31.702Z',
      severityNumber: 17,
      body: 'fatal error in thread [opensearch[os01][search][T#8]], exiting',
    },
  ],
};
