import type { Wrapper } from '../wrapper.ts';
import { ansi } from './ansi.ts';
import { cloudwatch } from './cloudwatch.ts';
import { compose } from './compose.ts';
import { cri } from './cri.ts';
import { dockerJson } from './docker-json.ts';
import { githubActions } from './github-actions.ts';
import { gitlabCi } from './gitlab-ci.ts';
import { heroku } from './heroku.ts';
import { journaldJson } from './journald-json.ts';
import { kubectlPrefix } from './kubectl-prefix.ts';
import { lambda } from './lambda.ts';
import { pm2Json } from './pm2-json.ts';
import { pm2Prefix } from './pm2-prefix.ts';
import { stern } from './stern.ts';
import { syslog3164 } from './syslog-3164.ts';
import { syslog5424 } from './syslog-5424.ts';
import { timePrefix } from './time-prefix.ts';

/** All wrappers, in the order in which they are tried: colours first, since they hide the others. */
export const WRAPPERS: readonly Wrapper[] = [
  ansi,
  dockerJson,
  journaldJson,
  pm2Json,
  cri,
  gitlabCi,
  timePrefix,
  cloudwatch,
  githubActions,
  kubectlPrefix,
  compose,
  pm2Prefix,
  lambda,
  heroku,
  syslog5424,
  syslog3164,
  stern,
];
