import type { Finding } from '../model/index.ts';
import { escapeLine } from './escape-terminal.ts';
import { clip, countText, stringWidth } from './layout.ts';
import type { OutputContext } from './output.ts';
import { placeOf, proofText, styleOf } from './view.ts';

/** Less of a proof than this says nothing. */
const MIN_PROOF_WIDTH = 8;

/** `14:02:12  error     connection-refused  127.0.0.1:5432 ×3  api.log:12  message`, as wide as the terminal at most. */
export function liveLine(finding: Finding, context: OutputContext): string {
  const style = styleOf(context);
  const [evidence] = finding.evidence;
  const time = finding.firstSeen === undefined ? '        ' : new Date(finding.firstSeen).toISOString().slice(11, 19);
  const times = finding.count > 1 ? ` ×${countText(finding.count)}` : '';
  const about = finding.subject === '' ? '' : `  ${escapeLine(finding.subject)}`;
  const room = style.columns - time.length - 3;
  const head = clip(`${finding.severity.padEnd(8)}  ${finding.rule.condition}${about}${times}`, room);
  const rest = room - stringWidth(head);
  const proof =
    evidence === undefined || rest < MIN_PROOF_WIDTH ? '' : `  ${placeOf(evidence)}  ${proofText(evidence)}`;
  return `${style.dim(time)}  ${style.impact(finding.severity, head)}${style.dim(clip(proof, rest))}`;
}
