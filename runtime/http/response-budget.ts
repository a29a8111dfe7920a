import { protocolError } from '../rpc/errors.ts';
import { headers } from './headers.ts';
import type { HttpRequest } from './http-message.ts';
import { RequestRefused } from './request-body.ts';

const MIN_BUDGET_BYTES = 65_536;
const budgetForm = /^[1-9]\d{0,15}$/;

/**
 * Bytes that the client takes in an answer, before content coding; `undefined` if it does not say (vgi-rpc, http-response-budgets). A client
 * that says it speaks the newer rules for producers: one turn an answer, and an answer that is too large is an error.
 */
export function responseBudget(request: HttpRequest): number | undefined {
  const text = request.header(headers.acceptMaxResponseBytes)?.trim();
  if (text === undefined) return undefined;
  const bytes = budgetForm.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(bytes) && bytes >= MIN_BUDGET_BYTES) return bytes;
  throw new RequestRefused(400, protocolError(`${headers.acceptMaxResponseBytes} must be a whole number of bytes from ${MIN_BUDGET_BYTES} to ${Number.MAX_SAFE_INTEGER}, got "${text}"`));
}
