import type { RecoveryStep } from '../model/index.ts';

/** Products by what their drivers and clients are called; a technology that is not listed is its own product. */
const PRODUCTS: readonly (readonly [product: string, technologies: RegExp])[] = [
  ['postgresql', /^(?:postgres|pg|libpq|lib-pq|psycopg|asyncpg|ruby-pg|pgx)/],
  ['mysql', /^(?:mysql|mariadb|pymysql|mysqli|go-sql-driver)/],
  ['redis', /redis/],
  ['mongodb', /^(?:mongo|pymongo)/],
  ['rabbitmq', /^(?:rabbitmq|amqplib|pika|spring-amqp)/],
  ['kafka', /kafka/],
  ['node', /^(?:node|express|fastify|nest|undici|axios|got)/],
  ['python', /^(?:python|django|flask|gunicorn|uvicorn|celery)/],
  ['java', /^(?:java|spring|tomcat|hikaricp|hibernate)/],
];

/** `command   # PostgreSQL`: a command for one product, or several (`# MySQL, MariaDB`). */
const FOR_PRODUCT = /\s#\s*([A-Z][\w.+-]*(?:(?:, | and | or |\/)[A-Z][\w.+-]*)*)$/;

/**
 * Of a step's commands for several products those for the product that failed; all of them where none, or every one,
 * fits.
 */
export function fitCommand(step: RecoveryStep, technologies: readonly string[]): RecoveryStep {
  const lines = step.run?.trimEnd().split('\n') ?? [];
  if (lines.length < 2 || !lines.every((line) => FOR_PRODUCT.test(line))) return step;
  const products = technologies.flatMap((technology) => productsOf(technology));
  const fitting = lines.filter((line) => {
    const named = FOR_PRODUCT.exec(line)?.[1]?.toLowerCase() ?? '';
    return products.some((product) => named.includes(product));
  });
  return fitting.length === 0 ? step : { ...step, run: fitting.join('\n') };
}

function productsOf(technology: string): string[] {
  return [technology, ...PRODUCTS.filter(([, pattern]) => pattern.test(technology)).map(([product]) => product)];
}
