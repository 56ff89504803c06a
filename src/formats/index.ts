import type { LogFormat } from './format.ts';
import { accessLog } from './access-log.ts';
import { apacheAccess } from './apache-access.ts';
import { apacheError } from './apache-error.ts';
import { awsAlb } from './aws-alb.ts';
import { awsLambda } from './aws-lambda.ts';
import { bunyan } from './bunyan.ts';
import { cassandra } from './cassandra.ts';
import { celery } from './celery.ts';
import { djangoRunserver } from './django-runserver.ts';
import { dotnetConsole } from './dotnet-console.ts';
import { ecsJson } from './ecs-json.ts';
import { elasticsearchJson } from './elasticsearch-json.ts';
import { elasticsearchText } from './elasticsearch-text.ts';
import { elixir } from './elixir.ts';
import { envLogger } from './env-logger.ts';
import { envoyAccess } from './envoy-access.ts';
import { envoyAccessJson } from './envoy-access-json.ts';
import { envoyApp } from './envoy-app.ts';
import { etcd } from './etcd.ts';
import { gcpJson } from './gcp-json.ts';
import { gelf } from './gelf.ts';
import { goLog } from './go-log.ts';
import { goTestJson } from './go-test-json.ts';
import { gunicorn } from './gunicorn.ts';
import { gin } from './gin.ts';
import { haproxyHttp } from './haproxy-http.ts';
import { haproxyNotice } from './haproxy-notice.ts';
import { haproxyTcp } from './haproxy-tcp.ts';
import { iis } from './iis.ts';
import { influxdb } from './influxdb.ts';
import { json } from './json.ts';
import { jul } from './jul.ts';
import { jvmLog } from './jvm-log.ts';
import { kafka } from './kafka.ts';
import { kernel } from './kernel.ts';
import { klog } from './klog.ts';
import { levelText } from './level-text.ts';
import { log4j } from './log4j.ts';
import { log4js } from './log4js.ts';
import { logfmt } from './logfmt.ts';
import { logstashJson } from './logstash-json.ts';
import { logstashText } from './logstash-text.ts';
import { loguru } from './loguru.ts';
import { mariadbError } from './mariadb-error.ts';
import { memcached } from './memcached.ts';
import { mongodbJson } from './mongodb-json.ts';
import { mongodbText } from './mongodb-text.ts';
import { monolog } from './monolog.ts';
import { morgan } from './morgan.ts';
import { mosquitto } from './mosquitto.ts';
import { mysqlError } from './mysql-error.ts';
import { mysqlSlow } from './mysql-slow.ts';
import { natsServer } from './nats-server.ts';
import { nestjs } from './nestjs.ts';
import { nextcloud } from './nextcloud.ts';
import { nginxAccess } from './nginx-access.ts';
import { nginxError } from './nginx-error.ts';
import { npm } from './npm.ts';
import { opensearchText } from './opensearch-text.ts';
import { otlpJson } from './otlp-json.ts';
import { pgbouncer } from './pgbouncer.ts';
import { phpErrorLog } from './php-error-log.ts';
import { phpFpm } from './php-fpm.ts';
import { pino } from './pino.ts';
import { pinoPretty } from './pino-pretty.ts';
import { pm2Daemon } from './pm2-daemon.ts';
import { postgresqlCsvlog } from './postgresql-csvlog.ts';
import { postgresqlJsonlog } from './postgresql-jsonlog.ts';
import { postgresqlStderr } from './postgresql-stderr.ts';
import { puma } from './puma.ts';
import { pythonBasic } from './python-basic.ts';
import { pythonLogging } from './python-logging.ts';
import { quarkus } from './quarkus.ts';
import { rabbitmq } from './rabbitmq.ts';
import { rabbitmqReport } from './rabbitmq-report.ts';
import { rails } from './rails.ts';
import { redis } from './redis.ts';
import { rustTracing } from './rust-tracing.ts';
import { rustTracingJson } from './rust-tracing-json.ts';
import { serilog } from './serilog.ts';
import { serilogClef } from './serilog-clef.ts';
import { sidekiq } from './sidekiq.ts';
import { slogJson } from './slog-json.ts';
import { solr } from './solr.ts';
import { springBoot } from './spring-boot.ts';
import { squidAccess } from './squid-access.ts';
import { squidCache } from './squid-cache.ts';
import { text } from './text.ts';
import { tomcat } from './tomcat.ts';
import { traefik } from './traefik.ts';
import { traefikAccess } from './traefik-access.ts';
import { uvicorn } from './uvicorn.ts';
import { uwsgi } from './uwsgi.ts';
import { winstonJson } from './winston-json.ts';
import { winstonSimple } from './winston-simple.ts';
import { zapConsole } from './zap-console.ts';
import { zapJson } from './zap-json.ts';
import { zerolog } from './zerolog.ts';
import { zigbee2mqtt } from './zigbee2mqtt.ts';
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
  jvmLog,
  gin,
  springBoot,
  quarkus,
  tomcat,
  pythonLogging,
  pm2Daemon,
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
  awsAlb,
  iis,
  influxdb,
  puma,
  djangoRunserver,
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
  log4js,
  celery,
  gunicorn,
  loguru,
  pythonBasic,
  uvicorn,
  uwsgi,
  sidekiq,
  rails,
  monolog,
  phpFpm,
  phpErrorLog,
  rustTracing,
  envLogger,
  serilog,
  dotnetConsole,
  elixir,
  nestjs,
  pinoPretty,
  log4j,
  jul,
  goLog,
  zigbee2mqtt,
  winstonSimple,
  npm,
  morgan,
  envoyAccessJson,
  goTestJson,
  nextcloud,
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
  text,
  levelText,
];
