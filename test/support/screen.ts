/** What a terminal would show after some output: enough of ECMA-48 for cursor up, erasing and colours. */
export function screen(output: string): readonly string[] {
  const lines = [''];
  let row = 0;
  let column = 0;
  for (const [piece, final, parameter] of pieces(output)) {
    if (final === 'A') row = Math.max(row - (parameter || 1), 0);
    else if (final === 'J') lines.length = row + 1;
    else if (final === 'K') lines[row] = '';
    else if (piece === '\n') {
      row++;
      lines[row] ??= '';
    } else if (piece === '\r') column = 0;
    else if (final === undefined) {
      const line = (lines[row] ?? '').padEnd(column);
      lines[row] = line.slice(0, column) + piece + line.slice(column + piece.length);
      column += piece.length;
    }
    if (final === 'J') lines[row] = '';
  }
  return lines;
}

const PIECE = /\u001b\[(\d*)[\d;]*([A-Za-z])|\n|\r|[^\u001b\r\n]+/g;

function* pieces(output: string): Generator<readonly [piece: string, final: string | undefined, parameter: number]> {
  for (const [piece, parameter = '', final] of output.matchAll(PIECE)) yield [piece, final, Number(parameter)];
}
