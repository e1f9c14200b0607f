/**
 * The gate before every request to Finch (DESIGN §7, docs/decisions/0013). Words:
 *
 *   key     what Finch counts together: company, pay-statement, …
 *   slot    one request's place in a key's window; there are as many as Finch allows
 *   address the set of slots of the IP address that requests leave from; a request takes a slot of both
 *   lane    who takes turns: a connection
 *   ticket  a request that waits in a lane
 *   grant   a slot and an address's slot, given to a ticket: sent within 30 s, or spent
 */
export { allQuotaSets } from "./allowances";
export { dispatchLanes, quotaChannel, sweepLanes } from "./dispatch";
export { joinLane } from "./join-lane";
export { laneGate, returnGrant, type LaneGate } from "./lane-gate";
export { configureAllQuotas } from "./place";
export { priorities, type QuotaPriority } from "./priorities";
export { QuotaWait } from "./quota-wait";
export { noteRefusal } from "./refusals";
export { waitingGate } from "./waiting-gate";
