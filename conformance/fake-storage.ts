import type { Coding, ExternalStorage, UploadUrls } from 'vgi-gen/runtime/http';

interface Allocation {
  readonly object_url: string;
  readonly upload_url?: string;
  readonly download_url?: string;
}

/** How long the storage's URLs are said to be good. */
const EXPIRES_AFTER_MS = 3_600_000;

/** The blob service of the conformance suite: `POST /alloc` gives a place, `PUT` fills it. */
export class FakeStorage implements ExternalStorage {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url.replace(/\/+$/, '');
  }

  async upload(bytes: Uint8Array, contentEncoding?: Coding): Promise<string> {
    const { uploadUrl, downloadUrl } = await this.urls();
    const headers = { 'Content-Type': 'application/octet-stream', ...(contentEncoding && { 'Content-Encoding': contentEncoding }) };
    await checked(await fetch(uploadUrl, { method: 'PUT', body: Buffer.from(bytes), headers }));
    return downloadUrl;
  }

  async urls(): Promise<UploadUrls> {
    const response = await checked(await fetch(`${this.#url}/alloc`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' }));
    const { object_url, upload_url = object_url, download_url = object_url } = (await response.json()) as Allocation;
    return { uploadUrl: upload_url, downloadUrl: download_url, expiresAt: new Date(Date.now() + EXPIRES_AFTER_MS) };
  }
}

async function checked(response: Response): Promise<Response> {
  if (!response.ok) throw new Error(`the storage answered ${response.status}`);
  return response;
}
