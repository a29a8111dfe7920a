/** A function of an object, such as a model, that is read-only by then: what it gave for one is given again. */
export function oncePer<O extends object, T>(make: (of: O) => T): (of: O) => T {
  const known = new WeakMap<O, T>();
  return (of) => {
    let value = known.get(of);
    if (value === undefined) {
      value = make(of);
      known.set(of, value);
    }
    return value;
  };
}
