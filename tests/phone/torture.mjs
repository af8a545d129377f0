// Messages that torture a SIP parser, written after what RFC 4475 says is odd or wrong with each of its
// own. Each is [section, what it is about, text].

const end = "\r\n";

/// A message of these lines; blank lines and line ends as they are given.
const lines = (...all) => all.join(end);

/// A whole request with some header fields replaced (null: left out), others added, and a body.
function request(method, number, { uri = "sip:support@127.0.0.1", version = "SIP/2.0", body = "", ...fields } = {}) {
  const head = {
    Via: `SIP/2.0/UDP 127.0.0.1:5999;branch=z9hG4bKtorture${number}`,
    "Max-Forwards": "70",
    From: `<sip:caller@127.0.0.1>;tag=torture${number}`,
    To: "<sip:support@127.0.0.1>",
    "Call-ID": `torture-${number}@127.0.0.1`,
    CSeq: `1 ${method}`,
    Contact: "<sip:caller@127.0.0.1:5999>",
    "Content-Length": `${body.length}`,
    ...fields,
  };
  const text = Object.entries(head).filter(([, value]) => value !== null).map(([name, value]) => `${name}: ${value}`);
  return lines(`${method} ${uri} ${version}`, ...text, "", body);
}

const sdp = lines("v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0", "m=audio 9999 RTP/AVP 0", "a=rtpmap:0 PCMU/8000", "");
const described = { "Content-Type": "application/sdp", body: sdp };
const long = (letter, count) => letter.repeat(count);

export const messages = [
  // 3.1.1 Valid, though odd.
  ["3.1.1.1", "folded lines, blanks around every separator, compact and unknown fields",
    lines("INVITE sip:support@127.0.0.1;unknownparam SIP/2.0", "TO :", " sip:support@127.0.0.1 ;   tag    = 1918181833n", "from   : \"Quoted \\\\\\\"\"       <sip:caller@127.0.0.1>", "  ;", "  tag = 98asjd8",
      "MaX-fOrWaRdS: 0068", "Call-ID: torture-folded@127.0.0.1", "Content-Length   : 0", "cseq: 0009", "  INVITE", "Via  : SIP  /   2.0", " /UDP", "    127.0.0.1:5999;branch=z9hG4bKfolded", "s :",
      "NewFangledHeader:   newfangled value", " continued newfangled value", "UnknownHeaderWithUnusualValue: ;;,,;;,;", "Route:", " <sip:services.example.com;lr;unknownwith=value;unknown-no-value>",
      "v:  SIP  / 2.0  / TCP     127.0.0.2   ;", "  branch  =   z9hG4bK9ikj8  ,", " SIP  /    2.0   / UDP  127.0.0.3   ; branch=", " z9hG4bK30239", "m:\"Quoted string \\\"\\\"\" <sip:caller@127.0.0.1> ; newparam =", "      newvalue ;", "  secondparam ; q = 0.33", "", "")],
  ["3.1.1.2", "every character that a token, a user part and a quoted string may have",
    request("!interesting-Method0123456789_*+`.%indeed'~", 2, { uri: "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@127.0.0.1", To: "\"BEL:\x07 NUL:\\\x00 DEL:\x7f\" <sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@127.0.0.1>", "extensionHeader-!.%*+_`'~": "\ufeff大停電".normalize() })],
  ["3.1.1.3", "escapes in URIs, of characters that need none too", request("INVITE", 3, { uri: "sip:sips%3Auser%40127.0.0.1@127.0.0.1", To: "<sip:%75se%72@127.0.0.1>", Contact: "<sip:cal%6Cer@127.0.0.1:5999;%6C%72;n%61me=v%61lue%25%34%31>", ...described })],
  ["3.1.1.4", "escaped NUL in the user part", request("REGISTER", 4, { uri: "sip:127.0.0.1", To: "<sip:null-%00-null@127.0.0.1>", Contact: "<sip:%00@127.0.0.1>, <sip:%00%00@127.0.0.1>" })],
  ["3.1.1.5", "a per cent sign where there is no escape", request("RE%47IST%45R", 5, { uri: "sip:127.0.0.1", Contact: "<sip:alias1@127.0.0.1>, <sip:alias2@127.0.0.1>;expires=1" })],
  ["3.1.1.6", "no blank between name and address", request("OPTIONS", 6, { From: "caller<sip:caller@127.0.0.1>;tag=323" })],
  ["3.1.1.7", "values as long as nobody has them",
    request("INVITE", 7, { To: `"I have a user name of ${long("extreme", 30)} proportion"<sip:support@127.0.0.1:6000;unknownparam1=very${long("long", 50)}value>`, [`Unknown-${long("Long", 50)}-Name`]: `unknown-${long("long", 100)}-value`, Via: Array.from({ length: 34 }, (_, i) => `SIP/2.0/UDP sip${i}.example.com;branch=z9hG4bK${long("x", 120)}${i}`).join(", "), "Call-ID": `${long("longcallid", 30)}@127.0.0.1`, ...described })],
  ["3.1.1.8", "a second request behind the length of the first", request("REGISTER", 8, { uri: "sip:127.0.0.1" }) + request("INVITE", "8b", described)],
  ["3.1.1.9", "a semicolon in the user part", request("OPTIONS", 9, { uri: "sip:user;par=u%40example.net@127.0.0.1" })],
  ["3.1.1.10", "transports that nobody speaks, in Via", request("OPTIONS", 10, { Via: "SIP/2.0/UDP 127.0.0.1:5999;branch=z9hG4bKt10, SIP/2.0/SCTP t2.example.com;branch=z9hG4bKx, SIP/2.0/TLS t3.example.com;branch=z9hG4bKy, SIP/2.0/UNKNOWN t4.example.com;branch=z9hG4bKz" })],
  ["3.1.1.11", "a body in several parts, with bytes that are no text", request("MESSAGE", 11, { "Content-Type": "multipart/mixed;boundary=7a9cbec02ceef655", body: lines("--7a9cbec02ceef655", "Content-Type: text/plain", "", "Hello", "--7a9cbec02ceef655", "Content-Type: application/octet-stream", "", "\x00\x01\x82\xfe\xff", "--7a9cbec02ceef655--", "") })],
  ["3.1.1.12", "a reason that is no English", lines("SIP/2.0 200 = 2**3 * 5**2 \u043d\u043e \u0441\u0442\u043e", "Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1324923", "Call-ID: unreason@127.0.0.1", "CSeq: 35 INVITE", "From: <sip:a@127.0.0.1>;tag=1", "To: <sip:b@127.0.0.1>;tag=2", "Content-Length: 0", "", "")],
  ["3.1.1.13", "a status without a reason", lines("SIP/2.0 100 ", "Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK2398", "Call-ID: noreason@127.0.0.1", "CSeq: 35 INVITE", "From: <sip:a@127.0.0.1>;tag=1", "To: <sip:b@127.0.0.1>", "Content-Length: 0", "", "")],

  // 3.1.2 Not valid.
  ["3.1.2.1", "separators that have nothing between them", request("INVITE", 21, { "Max-Forwards": "", From: "\"NoAddress\" <sip:caller@127.0.0.1>;;tag=134161461246", Via: "SIP/2.0/UDP 127.0.0.1:5999;;,;,,", Contact: "\"Joe\" <sip:joe@127.0.0.1>;;;;", ...described })],
  ["3.1.2.2", "a length beyond the datagram's end", request("INVITE", 22, { ...described, "Content-Length": "9999" })],
  ["3.1.2.3", "a negative length", request("INVITE", 23, { ...described, "Content-Length": "-999" })],
  ["3.1.2.4", "numbers too large, in a request", request("REGISTER", 24, { CSeq: "36893488147419103232 REGISTER", "Max-Forwards": "300", Expires: "10000000000000000000000000000000000000000000000000000000000000000", Contact: "<sip:user@127.0.0.1>;expires=280297596632815" })],
  ["3.1.2.5", "numbers too large, in an answer", lines("SIP/2.0 503 Service Unavailable", "Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKzzxdiwo34sw;received=127.0.0.1", "To: <sip:user@127.0.0.1>", "From: <sip:other@127.0.0.1>;tag=2easdjfejw", "CSeq: 9292394834772304023312 OPTIONS", "Call-ID: scalarlg@127.0.0.1", "Retry-After: 949302838503028349304023988", "Warning: 1812 overture \"In Progress\"", "Content-Length: 0", "", "")],
  ["3.1.2.6", "a quote that is not closed", request("INVITE", 26, { To: "\"Mr. J. User <sip:support@127.0.0.1>", ...described })],
  ["3.1.2.7", "the request's URI in angle brackets", request("INVITE", 27, { uri: "<sip:support@127.0.0.1>", ...described })],
  ["3.1.2.8", "blanks within the request's URI", request("INVITE", 28, { uri: "sip:support@127.0.0.1; lr", ...described })],
  ["3.1.2.9", "several blanks in the first line", request("INVITE", 29, described).replace("INVITE sip:support@127.0.0.1 SIP", "INVITE  sip:support@127.0.0.1  SIP")],
  ["3.1.2.10", "blanks at the end of the first line", request("OPTIONS", 30, { version: "SIP/2.0  " })],
  ["3.1.2.11", "header fields escaped into the request's URI", request("INVITE", 31, { uri: "sip:support@127.0.0.1?Route=%3Csip:example.com%3E", ...described })],
  ["3.1.2.12", "a zone that is not GMT in the date", request("INVITE", 32, { Date: "Fri, 01 Jan 2010 16:00:00 EST", ...described })],
  ["3.1.2.13", "a contact whose header fields are in no brackets", request("REGISTER", 33, { uri: "sip:127.0.0.1", Contact: "sip:user@127.0.0.1?Route=%3Csip:sip.example.com%3E" })],
  ["3.1.2.14", "blanks within an address", request("OPTIONS", 34, { To: "\"Watson, Thomas\" < sip:t.watson@127.0.0.1 >" })],
  ["3.1.2.15", "a name that needs quotes and has none", request("OPTIONS", 35, { From: "Bell, Alexander <sip:a.g.bell@127.0.0.1>;tag=43" })],
  ["3.1.2.16", "a version that is not ours", request("OPTIONS", 36, { version: "SIP/7.0", Via: "SIP/7.0/UDP 127.0.0.1:5999;branch=z9hG4bKkdjuw" })],
  ["3.1.2.17", "another method in CSeq", request("OPTIONS", 37, { CSeq: "8 INVITE" })],
  ["3.1.2.18", "another unknown method in CSeq", request("NEWMETHOD", 38, { CSeq: "8 INVITE" })],
  ["3.1.2.19", "a status beyond all classes", lines("SIP/2.0 4294967301 better not break the receiver", "Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK-gyrates", "From: <sip:a@127.0.0.1>;tag=1", "To: <sip:b@127.0.0.1>;tag=2", "Call-ID: bigcode@127.0.0.1", "CSeq: 353494 INVITE", "Content-Length: 0", "", "")],

  // 3.2 Transactions, 3.3 what the message asks, 3.4 what is older.
  ["3.2.1", "a branch that is nothing but its cookie", request("OPTIONS", 41, { Via: "SIP/2.0/UDP 127.0.0.1:5999;branch=z9hG4bK" })],
  ["3.3.1", "required fields are missing", lines("INVITE sip:support@127.0.0.1 SIP/2.0", "CSeq: 193942 INVITE", "Via: SIP/2.0/UDP 127.0.0.1:5999;branch=z9hG4bKkdj.insuf", "Content-Type: application/sdp", `Content-Length: ${sdp.length}`, "", sdp)],
  ["3.3.2", "a scheme that nobody knows in the request's URI", request("OPTIONS", 43, { uri: "nobodyKnowsThisScheme:totallyopaquecontent" })],
  ["3.3.3", "a known scheme that is none of SIP's", request("OPTIONS", 44, { uri: "soap.beep://192.0.2.103:3002" })],
  ["3.3.4", "unknown schemes in the fields", request("REGISTER", 45, { uri: "sip:127.0.0.1", To: "isbn:2983792873", From: "<http://www.example.com>;tag=3234233", Contact: "<name:John_Smith>" })],
  ["3.3.5", "extensions that are required and unknown", request("OPTIONS", 46, { Require: "nothingSupportsThis, nothingSupportsThisEither", "Proxy-Require": "noProxiesSupportThis, norDoAnyProxiesSupportThis" })],
  ["3.3.6", "a content type that is unknown", request("INVITE", 47, { "Content-Type": "application/unknownformat", body: "<audio><pcmu port=\"443\"/></audio>" })],
  ["3.3.7", "credentials of a scheme that is unknown", request("REGISTER", 48, { uri: "sip:127.0.0.1", Authorization: "NoOneKnowsThisScheme opaque-data=here" })],
  ["3.3.8", "fields that may come once come twice", request("INVITE", 49, { ...described, cseq: "59 INVITE", "call-id": "other@127.0.0.1", to: "<sip:other@127.0.0.1>", from: "<sip:other@127.0.0.1>;tag=9", "max-forwards": "5" })],
  ["3.3.9", "two lengths that differ", request("OPTIONS", 50, { "Content-Length": "13", "content-length": "5", body: "There's no way to know how many octets are supposed to be here." })],
  ["3.3.10", "an answer with a second Via of all hosts", lines("SIP/2.0 200 OK", "Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK88", "Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23", "Call-ID: bcast@127.0.0.1", "CSeq: 5 INVITE", "From: <sip:a@127.0.0.1>;tag=1", "To: <sip:b@127.0.0.1>;tag=2", "Contact: <sip:b@127.0.0.1>", `Content-Length: ${sdp.length}`, "Content-Type: application/sdp", "", sdp)],
  ["3.3.11", "no hop is left", request("OPTIONS", 52, { "Max-Forwards": "0" })],
  ["3.3.12", "parameters of the contact in no brackets", request("REGISTER", 53, { uri: "sip:127.0.0.1", Contact: "sip:+19725552222@127.0.0.1;unknownparam" })],
  ["3.3.13", "parameters of the contact's URI", request("REGISTER", 54, { uri: "sip:127.0.0.1", Contact: "<sip:+19725552222@127.0.0.1;unknownparam>" })],
  ["3.3.14", "escaped header fields in the contact", request("REGISTER", 55, { uri: "sip:127.0.0.1", Contact: "<sip:user@127.0.0.1?Route=%3Csip:sip.example.com%3E>" })],
  ["3.3.15", "an answer that is not accepted in any form", request("INVITE", 56, { ...described, Accept: "text/nobodyKnowsThis" })],
  ["3.4.1", "a call as RFC 2543 had it", lines("INVITE sip:support@127.0.0.1 SIP/2.0", "Via: SIP/2.0/UDP 127.0.0.1:5999", "From: sip:caller@127.0.0.1", "To: sip:support@127.0.0.1", "Call-ID: inv2543@127.0.0.1", "CSeq: 56 INVITE", "Content-Type: application/sdp", `Content-Length: ${sdp.length}`, "", sdp)],
];
