import type { LogFormat } from './format.ts';
import { accessLog } from './access-log.ts';
import { apacheAccess } from './apache-access.ts';
import { apacheError } from './apache-error.ts';
import { awsLambda } from './aws-lambda.ts';
import { bunyan } from './bunyan.ts';
import { cassandra } from './cassandra.ts';
import { ecsJson } from './ecs-json.ts';
import { elasticsearchJson } from './elasticsearch-json.ts';
import { elasticsearchText } from './elasticsearch-text.ts';
import { envoyAccessJson } from './envoy-access-json.ts';
import { envoyAccess } from './envoy-access.ts';
import { envoyApp } from './envoy-app.ts';
import { etcd } from './etcd.ts';
import { gcpJson } from './gcp-json.ts';
import { gelf } from './gelf.ts';
import { haproxyHttp } from './haproxy-http.ts';
import { haproxyNotice } from './haproxy-notice.ts';
import { haproxyTcp } from './haproxy-tcp.ts';
import { influxdb } from './influxdb.ts';
import { json } from './json.ts';
import { kafka } from './kafka.ts';
import { kernel } from './kernel.ts';
import { klog } from './klog.ts';
import { logfmt } from './logfmt.ts';
import { logstashJson } from './logstash-json.ts';
import { logstashText } from './logstash-text.ts';
import { mariadbError } from './mariadb-error.ts';
import { memcached } from './memcached.ts';
import { mongodbJson } from './mongodb-json.ts';
import { mongodbText } from './mongodb-text.ts';
import { mosquitto } from './mosquitto.ts';
import { mysqlError } from './mysql-error.ts';
import { mysqlSlow } from './mysql-slow.ts';
import { natsServer } from './nats-server.ts';
import { nginxAccess } from './nginx-access.ts';
import { nginxError } from './nginx-error.ts';
import { opensearchText } from './opensearch-text.ts';
import { otlpJson } from './otlp-json.ts';
import { pgbouncer } from './pgbouncer.ts';
import { pino } from './pino.ts';
import { postgresqlCsvlog } from './postgresql-csvlog.ts';
import { postgresqlJsonlog } from './postgresql-jsonlog.ts';
import { postgresqlStderr } from './postgresql-stderr.ts';
import { rabbitmq } from './rabbitmq.ts';
import { rabbitmqReport } from './rabbitmq-report.ts';
import { redis } from './redis.ts';
import { rustTracingJson } from './rust-tracing-json.ts';
import { serilogClef } from './serilog-clef.ts';
import { slogJson } from './slog-json.ts';
import { solr } from './solr.ts';
import { squidAccess } from './squid-access.ts';
import { squidCache } from './squid-cache.ts';
import { traefikAccess } from './traefik-access.ts';
import { traefik } from './traefik.ts';
import { winstonJson } from './winston-json.ts';
import { zapConsole } from './zap-console.ts';
import { zapJson } from './zap-json.ts';
import { zerolog } from './zerolog.ts';
import { zookeeper } from './zookeeper.ts';

export type { FormatSample, LogFormat, OpenLines, ParsedLine } from './format.ts';
export type { PeeledLine, Wrapper, WrapperSample } from './wrapper.ts';
export { peelLine, parseLine, type ReadLine } from './read-line.ts';
export { clockNear, fixedClock, readIsoStamp, zonedClock, type Clock } from './time.ts';
export { WRAPPERS } from './wrappers/index.ts';

/** All formats, the most specific first: the first one that understands a line has it. */
export const FORMATS: readonly LogFormat[] = [
  awsLambda,
  klog,
  zapConsole,
  otlpJson,
  postgresqlCsvlog,
  postgresqlStderr,
  postgresqlJsonlog,
  mysqlError,
  mariadbError,
  mysqlSlow,
  mongodbJson,
  mongodbText,
  redis,
  rabbitmq,
  rabbitmqReport,
  kafka,
  zookeeper,
  cassandra,
  elasticsearchText,
  opensearchText,
  logstashText,
  solr,
  natsServer,
  etcd,
  memcached,
  mosquitto,
  pgbouncer,
  kernel,
  squidCache,
  squidAccess,
  influxdb,
  traefikAccess,
  nginxAccess,
  apacheAccess,
  nginxError,
  apacheError,
  haproxyHttp,
  haproxyTcp,
  haproxyNotice,
  envoyAccess,
  envoyApp,
  traefik,
  accessLog,
  envoyAccessJson,
  bunyan,
  gelf,
  elasticsearchJson,
  logstashJson,
  ecsJson,
  serilogClef,
  gcpJson,
  rustTracingJson,
  slogJson,
  pino,
  zapJson,
  zerolog,
  winstonJson,
  json,
  logfmt,
];
