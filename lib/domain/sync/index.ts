export { enqueueSync, type SyncReason } from "./enqueue-sync";
export { finchCaller } from "./finch-caller";
