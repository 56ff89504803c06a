import { SEVERITY_NUMBER, type Evidence, type LogRecord, type Unexplained } from '../model/index.ts';
import { evidenceOf, extendTime } from './finding-store.ts';
import { templateOf } from './template-of.ts';

const MAX_TEMPLATES = 1_000;
const MAX_EVIDENCE = 3;
const OTHER = '(further errors, not kept apart)';

interface Group {
  readonly template: string;
  count: number;
  firstSeen: number | undefined;
  lastSeen: number | undefined;
  severityNumber: number;
  readonly evidence: Evidence[];
  readonly order: number;
}

/** Error-level records that no rule explains, grouped by their wording; bounded. */
export class UnexplainedStore {
  readonly #groups = new Map<string, Group>();
  #records = 0;
  /** Records of wordings that came when there were too many of them already. */
  droppedTemplates = 0;

  /** Takes a record when it is an error. */
  add(record: LogRecord): void {
    const severityNumber = record.severityNumber ?? 0;
    if (severityNumber < SEVERITY_NUMBER.error) return;
    this.#records++;
    const group = this.#groupOf(templateOf(record));
    group.count++;
    group.severityNumber = Math.max(group.severityNumber, severityNumber);
    extendTime(group, record.timestamp);
    if (group.evidence.length < MAX_EVIDENCE) group.evidence.push(evidenceOf(record));
  }

  get records(): number {
    return this.#records;
  }

  /** The worst and most frequent first. */
  ranked(): readonly Unexplained[] {
    const byWeight = (a: Group, b: Group): number => levelOf(b) - levelOf(a) || b.count - a.count || a.order - b.order;
    return [...this.#groups.values()].sort(byWeight).map(({ order: _order, firstSeen, lastSeen, ...group }) => ({
      ...group,
      ...(firstSeen === undefined ? {} : { firstSeen }),
      ...(lastSeen === undefined ? {} : { lastSeen }),
    }));
  }

  #groupOf(template: string): Group {
    const isOver = this.#groups.size >= MAX_TEMPLATES && !this.#groups.has(template);
    if (isOver) this.droppedTemplates++;
    const key = isOver ? OTHER : template;
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = {
        template: key,
        count: 0,
        firstSeen: undefined,
        lastSeen: undefined,
        severityNumber: 0,
        evidence: [],
        order: this.#groups.size,
      };
      this.#groups.set(key, group);
    }
    return group;
  }
}

function levelOf({ severityNumber }: Group): number {
  return severityNumber >= SEVERITY_NUMBER.fatal ? 1 : 0;
}
