export { LOOK_BACK_BYTES, RecordAssembler, type AssemblerOptions } from './assembler.ts';
