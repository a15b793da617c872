/** What some server or other has taken for the end of a mail, which CRLF.CRLF alone is. */
export const FALSE_ENDS = [
  "\n.\n",
  "\n.\r\n",
  "\n.\r",
  "\r.\r",
  "\r.\n",
  "\r.\r\n",
  "\r\n.\n",
  "\r\n.\r",
  "\r\n\0.\r\n",
  "\r\n.\0\r\n",
  "\r\n.\r\0\n",
  "\n\n.\r\n",
  "\r\n\r.\r\n",
  "\n..\r\n",
]
