import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { createDoctor, type CreateDoctorOptions } from '../../src/create-doctor.ts';
import type { Report } from '../../src/model/index.ts';

/** Absolute path of a fixture. */
export function fixture(...parts: readonly string[]): string {
  return join(fileURLToPath(new URL('../../fixtures/', import.meta.url)), ...parts);
}

export function readYaml(...parts: readonly string[]): unknown {
  return parse(readFileSync(fixture(...parts), 'utf8'));
}

/** A case of a manifest: one log, where it comes from, and what must be found in it. */
export interface Case {
  readonly file: string;
  readonly program: string;
  readonly version?: string | number;
  readonly provoked?: string;
  readonly condition?: string;
  readonly captures?: Readonly<Record<string, string>>;
}

export function casesOf(...directory: readonly string[]): readonly Case[] {
  const { cases } = readYaml(...directory, 'manifest.yaml') as { readonly cases: readonly Case[] };
  return cases;
}

/** Names of the folders in a fixture folder. */
export function foldersIn(...directory: readonly string[]): readonly string[] {
  return readdirSync(fixture(...directory), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

export function filesIn(...directory: readonly string[]): readonly string[] {
  return readdirSync(fixture(...directory)).toSorted();
}

/** When fixtures without a year or a date were written. */
const RECORDED_AT = Date.UTC(2026, 10, 21, 12);

/** The report on some files, read in one piece each. */
export function diagnoseFiles(paths: readonly string[], options: CreateDoctorOptions = {}): Report {
  const doctor = createDoctor({ now: () => RECORDED_AT, ...options });
  for (const path of paths) doctor.feed(readFileSync(path), path.slice(fixture().length));
  return doctor.report();
}

/** Each diagnosis with its symptoms, for messages of failing tests. */
export function outline({ diagnoses, unexplained }: Report): readonly string[] {
  return [
    ...diagnoses.map(({ condition, symptoms }) =>
      [condition, ...symptoms.map((symptom) => symptom.condition)].join(' → '),
    ),
    ...unexplained.map(({ template }) => `unexplained: ${template}`),
  ];
}
