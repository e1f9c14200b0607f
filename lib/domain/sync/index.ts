export { enqueueSync, type SyncReason } from "./enqueue-sync";
