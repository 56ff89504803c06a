/** The report as `--format json` prints it, as far as the tests look at it. */
export interface JsonReport {
  readonly schemaVersion: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly run: {
    readonly startedAt: string;
    readonly durationMs: number;
    readonly sources: readonly JsonSource[];
  };
  readonly summary: Readonly<Record<string, unknown>> & { readonly lines: number; readonly diagnoses: number };
  readonly diagnoses: readonly JsonDiagnosis[];
  readonly unexplained: readonly (Readonly<Record<string, unknown>> & { readonly evidence: readonly JsonEvidence[] })[];
  readonly problems: readonly { readonly code: string; readonly message: string; readonly source?: string }[];
}

export interface JsonSource {
  readonly name: string;
  readonly bytes: number;
  readonly lines: number;
  readonly format?: string;
  readonly truncatedLines: number;
}

export interface JsonDiagnosis {
  readonly condition: string;
  readonly severity: string;
  readonly title: string;
  readonly fingerprint: string;
  readonly count: number;
  readonly captures: Readonly<Record<string, string>>;
  readonly firstSeen?: string;
  readonly lastSeen?: string;
  readonly findings: readonly JsonFinding[];
  readonly symptoms: readonly {
    readonly condition: string;
    readonly count: number;
    readonly findings: readonly JsonFinding[];
  }[];
}

export interface JsonFinding {
  readonly rule: string;
  readonly technology: string;
  readonly condition: string;
  readonly count: number;
  readonly captures: Readonly<Record<string, string>>;
  readonly evidence: readonly JsonEvidence[];
}

export interface JsonEvidence {
  readonly source: string;
  readonly line: number;
  readonly endLine: number;
  readonly timestamp?: string;
  readonly severity?: string;
  readonly text: string;
}
