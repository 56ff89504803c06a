/** What a run needs. Reading YAML is apart, in `load.ts`, since only the user's own rule files need it. */
export { builtinKnowledge, compileKnowledge } from './builtin.ts';
export { isCommonText } from './common-texts.ts';
export { parseDurationMs } from './duration.ts';
export { recordText } from './record-text.ts';
export { RuleSet } from './rule-set.ts';
export { CONDITIONS_SCHEMA, RULES_SCHEMA } from './schema.ts';
export { selectRules, unusedPatterns, type RuleSelection } from './select.ts';
export { fillCommand, fillTemplate, placeholders } from './template.ts';
