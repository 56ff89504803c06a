import type { LogFormat } from './format.ts';
import { readStamped, textLine } from './text-line.ts';

const LINE = /^Zigbee2MQTT:(error|warn|info|debug) {1,4}(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d): (.*)$/;

/**
 * Zigbee2MQTT before 1.37, which names itself before the level.
 * @see https://www.zigbee2mqtt.io/guide/configuration/logging.html
 */
export const zigbee2mqtt: LogFormat = {
  id: 'zigbee2mqtt',
  title: 'Zigbee2MQTT',
  firstCharacters: 'Z',
  continuation: 'trace',
  parse(line, clock) {
    const found = LINE.exec(line);
    if (found === null) return undefined;
    const [, level, time = '', body = ''] = found;
    const stamp = readStamped(time, clock)?.stamp;
    return stamp === undefined ? undefined : textLine({ stamp, level, body });
  },
  samples: [
    {
      text: 'Zigbee2MQTT:error 2024-04-17 19:32:45: MQTT failed to connect: Connection refused: Not authorized',
      origin: 'layout of Zigbee2MQTT 1.36',
      time: '2024-04-17T19:32:45Z',
      severityNumber: 17,
      body: 'MQTT failed to connect: Connection refused: Not authorized',
    },
  ],
};
