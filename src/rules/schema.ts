/**
 * The JSON Schemas of the knowledge files: what the loader validates with and what editors complete from. They describe
 * the YAML of `rules/conditions/<domain>.yaml` and `rules/<technology>.yaml`.
 */
const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: text };
/** Descriptions are hints, too: they are shown when a text does not have the form. */
const identifier = { type: 'string', pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', description: 'an id in kebab-case: connection-refused' };
const ruleId = { type: 'string', pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*$', description: '<technology>/<name>, both in kebab-case' };
const address = { type: 'string', pattern: '^https://', description: 'an address that begins with https://' };
/** What the scan can look for, whatever its case. */
const literal = {
  type: 'string',
  minLength: 5,
  pattern: '^[ -~]*$',
  description: 'five characters or more of printable ASCII',
};

const recovery = {
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['step'],
    properties: {
      step: { ...text, description: 'What to do, in words.' },
      run: { ...text, description: 'A command, shown and never run.' },
      risk: { enum: ['safe', 'disruptive', 'destructive'] },
      verify: { ...text, description: 'How to see that it worked.' },
      code: {
        type: 'object',
        additionalProperties: false,
        required: ['language', 'text'],
        properties: { language: text, text },
      },
    },
  },
};

const level = { enum: ['trace', 'debug', 'info', 'warning', 'error', 'fatal'] };

/** Schema of a file of conditions. */
export const CONDITIONS_SCHEMA = {
  $schema: DIALECT,
  title: 'backend-doctor conditions',
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'title', 'severity', 'rootCause', 'solution'],
    properties: {
      id: identifier,
      title: text,
      severity: { enum: ['info', 'warning', 'error', 'critical'] },
      rootCause: { ...text, description: 'Why it happens; may hold {{capture|fallback}}.' },
      solution: text,
      recovery,
      checklist: texts,
      minSeverity: { ...level, description: 'Least severity of a record whose severity is known, for rules that name none; info when absent.' },
      identity: { type: 'array', items: text, description: 'Captures that tell one subject from another.' },
      leadsTo: { type: 'array', items: identifier, description: 'Conditions that this one causes.' },
      references: { type: 'array', items: address },
      seeds: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['document', 'section', 'entry'],
          properties: { document: text, section: text, entry: text },
        },
      },
    },
  },
};

const attributeTest = {
  anyOf: [
    { type: ['string', 'number', 'boolean'] },
    {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      properties: {
        equals: { type: ['string', 'number', 'boolean'] },
        regex: text,
        gte: { type: 'number' },
        lte: { type: 'number' },
        exists: { type: 'boolean' },
      },
    },
  ],
};

/** Schema of a file of rules. */
export const RULES_SCHEMA = {
  $schema: DIALECT,
  title: 'backend-doctor rules',
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'condition', 'title', 'match'],
    properties: {
      id: ruleId,
      condition: identifier,
      title: text,
      severity: { enum: ['info', 'warning', 'error', 'critical'] },
      minSeverity: { ...level, description: 'Least severity of a record whose severity is known; that of the condition, else info, when absent, and warning for a fallback.' },
      match: { $ref: '#/$defs/node' },
      not: { type: 'array', items: { $ref: '#/$defs/node' }, description: 'Any of these vetoes.' },
      over: { type: 'array', items: ruleId, description: 'Rules that say less of the same record; they do not count where this one matches.' },
      fallback: { type: 'boolean', description: 'Counts only where nothing more telling matches the record: words that any program may repeat.' },
      identity: { type: 'array', items: text, description: 'Captures that tell one subject from another.' },
      literals: {
        description: 'Texts of which every match holds one, when they cannot be derived; none: every line is tried.',
        anyOf: [{ const: 'none' }, { type: 'array', minItems: 1, items: literal }],
      },
      threshold: {
        type: 'object',
        additionalProperties: false,
        required: ['count', 'within'],
        properties: {
          count: { type: 'integer', minimum: 2, maximum: 10000 },
          within: { type: 'string', pattern: '^\\d+(?:ms|s|m|h)$', description: 'a whole number and ms, s, m or h: 500ms, 5s, 10m, 1h' },
          by: { type: 'array', minItems: 1, items: text },
        },
      },
      rootCause: text,
      solution: text,
      recovery,
      checklist: texts,
      references: { type: 'array', items: address },
      examples: {
        type: 'object',
        additionalProperties: false,
        properties: {
          match: { type: 'array', items: { $ref: '#/$defs/example' } },
          noMatch: { type: 'array', items: { $ref: '#/$defs/example' } },
        },
      },
    },
  },
  $defs: {
    node: {
      type: 'object',
      minProperties: 1,
      additionalProperties: false,
      properties: {
        contains: { anyOf: [text, { type: 'array', minItems: 1, items: text }] },
        regex: { ...text, description: 'JavaScript; ^ and $ are line bounds; named groups are the captures.' },
        ignoreCase: { type: 'boolean' },
        attribute: { type: 'object', minProperties: 1, additionalProperties: attributeTest },
        severity: { type: 'object', additionalProperties: false, required: ['atLeast'], properties: { atLeast: level } },
        any: { type: 'array', minItems: 1, items: { $ref: '#/$defs/node' } },
        all: { type: 'array', minItems: 1, items: { $ref: '#/$defs/node' } },
        not: { $ref: '#/$defs/node' },
      },
      dependentRequired: { ignoreCase: ['regex'] },
    },
    example: {
      anyOf: [
        text,
        {
          type: 'object',
          additionalProperties: false,
          required: ['text'],
          properties: { text, captures: { type: 'object', additionalProperties: { type: 'string' } } },
        },
      ],
    },
  },
};
