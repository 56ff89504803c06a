/** What the first bytes say that the content is. */
export type Content =
  | { readonly kind: 'gzip' | 'zstd' | 'plain' }
  | { readonly kind: 'archive' | 'binary'; readonly what: string; readonly hint?: string };

interface Signature {
  readonly magic: readonly number[];
  readonly content: Content;
}

const ascii = (text: string): number[] => [...Buffer.from(text, 'ascii')];
const archive = (what: string, hint: string): Content => ({ kind: 'archive', what, hint });
const binary = (what: string, hint?: string): Content =>
  hint === undefined ? { kind: 'binary', what } : { kind: 'binary', what, hint };

const SKIPPABLE_FRAMES = Array.from({ length: 16 }, (_, index): Signature => {
  return { magic: [0x50 + index, 0x2a, 0x4d, 0x18], content: { kind: 'zstd' } };
});

/** First bytes that no text has. */
const SIGNATURES: readonly Signature[] = [
  { magic: [0x1f, 0x8b, 0x08], content: { kind: 'gzip' } },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], content: { kind: 'zstd' } },
  ...SKIPPABLE_FRAMES,
  { magic: [0xfd, ...ascii('7zXZ'), 0x00], content: archive('xz', 'unpack it first: xz -dc FILE | backend-doctor') },
  {
    magic: [0x42, 0x5a, 0x68, 0x39, ...ascii('1AY&SY')],
    content: archive('bzip2', 'unpack it first: bzip2 -dc FILE | backend-doctor'),
  },
  { magic: [0x04, 0x22, 0x4d, 0x18], content: archive('lz4', 'unpack it first: lz4 -dc FILE | backend-doctor') },
  { magic: [0x1f, 0x9d], content: archive('compress (.Z)', 'unpack it first: gzip -dc FILE | backend-doctor') },
  { magic: [...ascii('PK'), 0x03, 0x04], content: archive('zip', 'unpack it first: unzip -p FILE | backend-doctor') },
  {
    magic: [...ascii('7z'), 0xbc, 0xaf, 0x27, 0x1c],
    content: archive('7z', 'unpack it first: 7z x -so FILE | backend-doctor'),
  },
  { magic: ascii('LPKSHHRH'), content: binary('a systemd journal', 'journalctl --file FILE -o json | backend-doctor') },
  {
    magic: [...ascii('ElfFile'), 0x00],
    content: binary('a Windows event log', 'export it as text first: wevtutil qe FILE /lf:true /f:text'),
  },
  { magic: [0x7f, ...ascii('ELF')], content: binary('an ELF file') },
  { magic: [...ascii('SQLite format 3'), 0x00], content: binary('an SQLite database') },
  { magic: [0x89, ...ascii('PNG'), 0x0d, 0x0a], content: binary('a PNG image') },
  { magic: [0xff, 0xd8, 0xff], content: binary('a JPEG image') },
  { magic: [0xca, 0xfe, 0xba, 0xbe], content: binary('a Java class') },
];

const PLAIN: Content = { kind: 'plain' };

function startsWith(bytes: Uint8Array, magic: readonly number[], length: number): boolean {
  for (let index = 0; index < length; index++) if (bytes[index] !== magic[index]) return false;
  return true;
}

/** What begins like this. `plain` is all that has no signature. */
export function detectContent(head: Uint8Array): Content {
  const found = SIGNATURES.find(({ magic }) => head.length >= magic.length && startsWith(head, magic, magic.length));
  return found?.content ?? PLAIN;
}

/** Whether more bytes are needed to tell: the head is a beginning of some signature. */
export function isUndecided(head: Uint8Array): boolean {
  return SIGNATURES.some(({ magic }) => head.length < magic.length && startsWith(head, magic, head.length));
}

const SAMPLE_BYTES = 8192;
const TEXT_CONTROLS = new Set([0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b]);
const BINARY_SHARE = 0.05;

/**
 * Whether the bytes are obviously no text: more than one in twenty is a control character. A run of NUL at the
 * beginning does not count, since a log that was truncated while it is written to begins like that.
 */
export function looksBinary(head: Uint8Array): boolean {
  if (hasUtf16Mark(head)) return false;
  const start = head.findIndex((byte) => byte !== 0);
  if (start === -1) return head.length > 0;
  const sample = head.subarray(start, start + SAMPLE_BYTES);
  let controls = 0;
  for (const byte of sample) if (byte < 0x20 && !TEXT_CONTROLS.has(byte)) controls++;
  return controls > sample.length * BINARY_SHARE;
}

function hasUtf16Mark(head: Uint8Array): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
}
