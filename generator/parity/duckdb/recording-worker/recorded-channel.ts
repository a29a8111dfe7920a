import { appendFileSync } from 'node:fs';
import type { ByteChannel } from 'vgi-gen/runtime/v1';

/** A channel that appends all it receives to a file, before anybody reads it. */
export function recordedChannel(channel: ByteChannel, file: string): ByteChannel {
  return {
    kind: channel.kind,
    async read() {
      const chunk = await channel.read();
      if (chunk !== undefined) appendFileSync(file, chunk);
      return chunk;
    },
    write: (chunks) => channel.write(chunks),
    close: () => channel.close(),
  };
}
