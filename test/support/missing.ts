/**
 * Whether tests have to be skipped because something is missing that they need (`reason` says what); in CI, where `CI` is
 * set, nothing may be missing.
 * @throws {Error} in CI when there is a reason.
 */
export function isMissing(reason: string | undefined): boolean {
  if (reason !== undefined && process.env['CI'] !== undefined) throw new Error(`missing in CI: ${reason}`);
  return reason !== undefined;
}
