import { describe, expect, it } from 'vitest';
import { builtinKnowledge } from '../../src/rules/index.ts';
import { FILES } from './knowledge-files.ts';

const { rules, conditions } = builtinKnowledge();
const technologies = new Set(rules.map(({ technology }) => technology));

/** Failures that one platform alone has: there is nobody else to word them. */
const OF_KUBERNETES = new Set(['node-not-ready', 'pod-evicted', 'scheduling-failed']);

/** Every technology that the product promises to know, by the names of its rule files. */
const PROMISED = `
  node undici axios got express fastify nestjs koa nextjs
  python django flask fastapi starlette uvicorn gunicorn celery
  java spring quarkus ktor tomcat netty
  go database-sql gin fiber echo rust tokio reqwest actix-web axum
  php php-fpm laravel symfony dotnet efcore rails sidekiq puma elixir phoenix
  postgresql pgbouncer timescaledb mysql sqlite sqlserver oracle mongodb dynamodb cassandra redis memcached
  elasticsearch opensearch solr influxdb
  prisma drizzle typeorm sequelize knex mikro-orm mongoose sqlalchemy tortoise alembic
  hibernate spring-data hikaricp flyway liquibase gorm pgx diesel doctrine activerecord
  http graphql grpc ws socket-io kafka kafkajs librdkafka kafka-python rabbitmq amqplib pika spring-amqp
  sqs sns aws nats bullmq
  jsonwebtoken jose passport pyjwt jjwt golang-jwt spring-security oauth openid-client keycloak csurf
  azure-identity google-auth
  nginx apache haproxy envoy traefik docker kubernetes systemd linux pm2 supervisor lambda etcd
  resilience4j opossum polly
`;

describe('the knowledge base', () => {
  it('words every condition in the terms of three technologies at least, where more than one can have it', () => {
    const thin = [...conditions.keys()].filter((id) => {
      const known = new Set(rules.filter(({ condition }) => condition === id).map(({ technology }) => technology));
      return known.size < (OF_KUBERNETES.has(id) ? 1 : 3);
    });
    expect(thin).toEqual([]);
  });

  it('knows every technology that it promises', () => {
    const missing = PROMISED.trim()
      .split(/\s+/)
      .filter((technology) => !technologies.has(technology));
    expect(missing).toEqual([]);
  });

  it('says of every rule where its words come from: a reference, or what its file begins with', () => {
    const withSource = new Set(FILES.filter(({ content }) => /^# @see https:/m.test(content)).map(({ name }) => name));
    const without = rules.filter(({ references, origin }) => references.length === 0 && !withSource.has(origin));
    expect(without.map(({ id }) => id)).toEqual([]);
  });
});
