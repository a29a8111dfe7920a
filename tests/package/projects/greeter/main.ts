/** A server and a client of the greeter in one process; prints what the client hears. */
import { ChannelConnection, memoryChannels, RpcServer } from 'vgi-gen/runtime/v1';
import { GreeterClient, GreeterHandlers, greeterProtocol, type GreetParams } from './generated/greeter/ts/index.ts';

class Greeter extends GreeterHandlers {
  override greet({ person }: GreetParams): string {
    if (person === '') throw new RangeError('whom?');
    return `Hello, ${person}!`;
  }
}

const [here, there] = memoryChannels();
const serving = new RpcServer([{ protocol: greeterProtocol, handlers: new Greeter() }]).serve(there);
const client = new GreeterClient(new ChannelConnection(here));
console.log(await client.greet({ person: 'Ada' }));
console.log(await client.greet({ person: '' }).catch((error: unknown) => String(error)));
await client.close();
await serving;
