export { DecryptionError } from "./aead";
export { equalInConstantTime, sha256 } from "./hash";
export { keyProvider, keyringProvider, UnknownKeyError, type KeyProvider } from "./key-provider";
export { deriveLinkSecret, newSecretToken } from "./links";
export { lastFourOf, Secret } from "./secret";
export {
  CustomerVault,
  newDataKey,
  rewrapDataKey,
  type DataKeyRow,
  type Sealed,
  type SealedPlace,
} from "./vault";
