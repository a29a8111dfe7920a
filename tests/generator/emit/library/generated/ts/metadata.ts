/** Keys on the batches of a listing. */
export const loanKeys = {
  /** Day on which the book must be back. On: every data batch. */
  dueDate: 'library.due',
  /** Cents for each day after that. Since 2.0.0. On: every data batch. */
  fine: 'library.fine',
} as const;

