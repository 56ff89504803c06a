import Table from 'cli-table3';
import type { Condition, Knowledge, Rule } from '../model/index.ts';
import { plural, wrap, type Style } from './layout.ts';
import { NO_BORDERS, trimmedTable } from './plain-table.ts';

/** Which technologies have rules for the conditions of a domain. */
export interface DomainCoverage {
  readonly domain: string;
  readonly conditions: readonly string[];
  /** A row a technology that has any: the number of its rules for each condition, in the order of the conditions. */
  readonly rows: readonly { readonly technology: string; readonly counts: readonly number[] }[];
}

/** Technology × condition: how many rules there are, domain by domain. */
export interface Coverage {
  readonly rules: number;
  readonly conditions: number;
  readonly technologies: number;
  readonly domains: readonly DomainCoverage[];
}

export function coverageOf({ conditions, rules }: Knowledge): Coverage {
  const domains = [...new Set([...conditions.values()].map(({ domain }) => domain))].toSorted();
  return {
    rules: rules.length,
    conditions: conditions.size,
    technologies: new Set(rules.map(({ technology }) => technology)).size,
    domains: domains.map((domain) => coverageOfDomain(domain, [...conditions.values()], rules)),
  };
}

function coverageOfDomain(domain: string, all: readonly Condition[], rules: readonly Rule[]): DomainCoverage {
  const conditions = all
    .filter((condition) => condition.domain === domain)
    .map(({ id }) => id)
    .toSorted();
  const inDomain = rules.filter(({ condition }) => conditions.includes(condition));
  const technologies = [...new Set(inDomain.map(({ technology }) => technology))].toSorted();
  const count = (technology: string, condition: string): number =>
    inDomain.filter((rule) => rule.technology === technology && rule.condition === condition).length;
  return {
    domain,
    conditions,
    rows: technologies.map((technology) => ({ technology, counts: conditions.map((id) => count(technology, id)) })),
  };
}

export function coverageSummary({ rules, conditions, technologies }: Coverage): string {
  const words = technologies === 1 ? '1 technology' : `${technologies} technologies`;
  return `${plural(rules, 'rule')} of ${words} for ${plural(conditions, 'condition')}`;
}

/** The tables for a terminal: conditions have numbers for column heads, said above each table. */
export function renderCoverage(coverage: Coverage, style: Style): string {
  const blocks = coverage.domains.filter(({ rows }) => rows.length > 0).map((domain) => domainBlock(domain, style));
  return `${[coverageSummary(coverage), ...blocks].join('\n\n')}\n`;
}

/** A blank at which no line is broken. */
const TIED = '\u00a0';

function legendOf(conditions: readonly string[]): string {
  return conditions.map((id, index) => `${index + 1}${TIED}${id}`).join('  ');
}

function domainBlock({ domain, conditions, rows }: DomainCoverage, style: Style): string {
  const head = [style.bold(domain), wrap(legendOf(conditions), style.columns - 2, '  ').replaceAll(TIED, ' ')].join(
    '\n  ',
  );
  const table = new Table({
    head: ['', ...conditions.map((_, index) => style.dim(String(index + 1)))],
    colAligns: ['left', ...conditions.map((): 'right' => 'right')],
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
  });
  for (const { technology, counts } of rows) {
    table.push([`  ${technology}`, ...counts.map((count) => (count === 0 ? style.dim('·') : String(count)))]);
  }
  return `${head}\n${trimmedTable(table.toString())}`;
}
