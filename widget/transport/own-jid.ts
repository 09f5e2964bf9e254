/**
 * Stands in the build where xmpp.js would parse our own full JID (RFC 7622) into its parts: nothing here asks for it.
 * The address of a connection is never an identity.
 */
export default function ownJid(): never {
  throw new Error('the widget does not look at its own JID');
}
