# The lines of --events as commands for Linux: jq -r -f docs/xfrm.jq run.events
def cipher: {
  ESP_AES: "cbc(aes)", ESP_CAMELLIA: "cbc(camellia)", ESP_3DES: "cbc(des3_ede)", ESP_DES: "cbc(des)",
  ESP_BLOWFISH: "cbc(blowfish)", ESP_CAST: "cbc(cast5)", ESP_NULL: "ecb(cipher_null)"
}[.name] // error("Linux has no \(.name)");
def integrity: {
  "HMAC-MD5": "hmac(md5)", "HMAC-SHA": "hmac(sha1)", "HMAC-SHA2-256": "hmac(sha256)", "HMAC-SHA2-384": "hmac(sha384)",
  "HMAC-SHA2-512": "hmac(sha512)", "AES-XCBC-MAC": "xcbc(aes)"
}[.name] // error("Linux has no \(.name)");
def key: if . == "" then "''" else "0x\(.)" end;
def name: "src \(.source) dst \(.destination) proto \(.protocol) spi 0x\(.spi)";
def state:
  "ip xfrm state add \(name) mode \(.mode) replay-window 32"
  + (if .esn then " flag esn" else "" end)
  + (if .encryption then " enc '\(.encryption | cipher)' \(.encryption.key | key)" else "" end)
  + " auth-trunc '\(.integrity | integrity)' \(.integrity.key | key) \(.integrity.icvBits)"
  + (if .udp then " encap espinudp \(.udp.sourcePort) \(.udp.destinationPort) 0.0.0.0" else "" end);
def subnet: .subnet // error("Linux has no ranges: \(.first) to \(.last)");
def traffic($from; $to):
  "src \($from | subnet) dst \($to | subnet)"
  + (if $from.protocol != 0 then " proto \($from.protocol)" else "" end)
  + (if $from.port != 0 then " sport \($from.port)" else "" end)
  + (if $to.port != 0 then " dport \($to.port)" else "" end);
def policy($dir; $from; $to):
  "ip xfrm policy update \(traffic($from; $to)) dir \($dir)"
  + " tmpl src \(.source) dst \(.destination) proto \(.protocol) mode \(.mode)";
if .sas and (.sas | length) != 2 then error("an example for one protocol: here are \(.sas | map(.protocol) | unique | join(", "))")
elif .event == "pairEstablished" or .event == "pairRekeyed" then
  (.sas[] | state),
  (. as $pair | .sas[] | if .direction == "out" then policy("out"; $pair.local; $pair.remote)
    else policy("in"; $pair.remote; $pair.local), policy("fwd"; $pair.remote; $pair.local) end)
elif .event == "pairDeleted" then .sas[] | "ip xfrm state delete \(name)"
else empty end
