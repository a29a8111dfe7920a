/** Growable buffer in which records are written in place. */
export class RecordWriter {
  pos = 0;
}
