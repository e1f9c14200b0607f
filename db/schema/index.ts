export * from "./audit";
export * from "./connections";
export * from "./mirror";
export * from "./people";
export * from "./identity";
