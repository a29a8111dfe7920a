import { externalAnswer, field, RecordBatch, Schema, utf8 } from 'vgi-gen/runtime/v1';
import { runtimeError } from './python-errors.ts';

/** Where texts are put; gives a URL to fetch them from. */
export interface TextStorage {
  upload(bytes: Uint8Array): Promise<string>;
}

const schema = new Schema([field('result', utf8, false)]);

/** Texts in external storage, each uploaded when it is first asked for. */
export class PublishedTexts {
  readonly #storage: TextStorage | undefined;
  readonly #answers = new Map<string, Promise<string>>();

  constructor(storage: TextStorage | undefined) {
    this.#storage = storage;
  }

  /** The pointer to the text, in place of the text. */
  answer(text: string, withDigest: boolean): Promise<string> {
    const key = `${withDigest} ${text}`;
    let answer = this.#answers.get(key);
    if (!answer) {
      answer = this.#publish(text, withDigest);
      this.#answers.set(key, answer);
      // A storage that was down may be up for the next call.
      answer.catch(() => this.#answers.delete(key));
    }
    return answer;
  }

  async #publish(text: string, withDigest: boolean): Promise<string> {
    if (!this.#storage) throw runtimeError('published_string requires external storage');
    const bytes = RecordBatch.of(schema, [[text]]).toIpc();
    const location = await this.#storage.upload(bytes);
    return externalAnswer(location, withDigest ? Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex') : undefined);
  }
}
