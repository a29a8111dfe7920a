/** Where the nodes and buffers of the record being read lie. */
export class RecordReader {
  rows = 0;
}
