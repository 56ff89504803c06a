#!/usr/bin/env node
import { processIo } from './process-io.ts';
import { run } from './program.ts';

const { io, finish } = processIo();
await finish(await run(process.argv.slice(2), io));
