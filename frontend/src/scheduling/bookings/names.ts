/** 王乐乐 is 乐乐 to the family; a name of one character, or not in Chinese, stays. */
export function givenName(name: string): string {
  return /^[\u0020-\u007e]*$/.test(name) ? name : name.slice(1) || name;
}
