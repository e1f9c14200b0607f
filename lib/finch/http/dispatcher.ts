/**
 * Node's fetch gives up on headers after 5 minutes, Finch after 6. What fetch sends with stands under this symbol in every
 * Node (undici: Global Dispatcher); what an operator has put there, such as a proxy, stays in use.
 */
const globalDispatcher = Symbol.for("undici.globalDispatcher.1");

type Dispatch = (options: object, handler: unknown) => boolean;

/** As much of undici's Dispatcher as is used. */
interface Dispatcher {
  compose(interceptor: (dispatch: Dispatch) => Dispatch): Dispatcher;
}

function findGlobalDispatcher(): Dispatcher | undefined {
  const found: unknown = Reflect.get(globalThis, globalDispatcher);
  return typeof found === "object" && found !== null && "compose" in found
    ? (found as Dispatcher)
    : undefined;
}

/** Options of fetch with which an answer's headers may take as long as the caller's own signal allows. */
export function patience(): { dispatcher?: Dispatcher } {
  const dispatcher = findGlobalDispatcher()?.compose(
    (dispatch) => (options, handler) => dispatch({ ...options, headersTimeout: 0 }, handler),
  );
  return dispatcher ? { dispatcher } : {};
}
