/** Whether a conversation is one of a visitor with support: to colleagues, a case. */
export function isCase(conversation: string): boolean {
  return conversation.startsWith('c_support_');
}
