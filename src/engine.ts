import { CauseGraph } from './diagnosis/index.ts';
import type { Knowledge } from './model/index.ts';
import { RuleSet, selectRules, type RuleSelection } from './rules/index.ts';
import { everyLineScanner, strideScanner, type Scanner } from './scan/index.ts';

/** Knowledge made ready for use. It holds no state of a run: many runs may share it. */
export interface Engine {
  readonly knowledge: Knowledge;
  readonly ruleSet: RuleSet;
  readonly scanner: Scanner;
  readonly graph: CauseGraph;
}

export function compileEngine(knowledge: Knowledge, selection: RuleSelection = {}): Engine {
  const ruleSet = new RuleSet(selectRules(knowledge.rules, selection));
  const scanner = strideScanner(ruleSet.literals);
  return {
    knowledge,
    ruleSet,
    scanner: ruleSet.isSelective ? scanner : everyLineScanner(scanner),
    graph: new CauseGraph(knowledge.conditions),
  };
}
