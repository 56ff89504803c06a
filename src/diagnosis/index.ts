export { CauseGraph } from './cause-graph.ts';
export { spanText } from './correlate.ts';
export { diagnose, fillStep } from './diagnose.ts';
export { FindingStore, toFinding, type GrowingFinding } from './finding-store.ts';
export { judgeRecord, rivalsOf, type RecordVerdict } from './record-causes.ts';
export { normaliseStatement, ThresholdGate } from './threshold.ts';
export { UnexplainedStore } from './unexplained-store.ts';
