/** Days that a book may be kept. */
export const LOAN_DAYS = 28n;

/** Over the door. */
export const MOTTO = 'it\'s quiet';

/** Days without loans. */
export const CLOSED_ON: readonly string[] = ['monday', 'new year\'s day'];

