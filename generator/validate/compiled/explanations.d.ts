import type { Validate } from '../validate.ts';

declare const validate: Validate;
export default validate;
