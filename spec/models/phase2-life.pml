/* The life of a phase 2 SA: two ends A (0) and B (1) hold a pair, either or both rekey it with a Quick Mode (quick-mode.rows),
   and Informationals (informational.rows) carry the Deletes. Quick Mode k is begun by end k. A pair is a bit: 1 the old one,
   2 and 4 the ones that Quick Modes 0 and 1 make. The network loses, duplicates and forges; timers fire when nothing else can happen.
   RefIke's policy (RFC 2409 is silent): whoever began the rekey deletes the old pair once all is quiet; of two new pairs the one with
   the smallest nonce is surplus, and its initiator deletes it; a Delete removes both halves; a lost Delete is made good by the end of life.
   clause 2408-4.3-01 clause 2408-3.15-01 clause 2408-5.15-01 clause 2409-5.7-01 clause 2409-5.7-03 */
mtype = { Idle, AwaitHash2, AwaitHash3, Established, Failed, Sent, Received };
mtype = { Nothing, Initiate, Hash1SaNonce, Hash2SaNonce, Hash3, Refusal, Refused, RetriesSpent, ParentDeleted, PeerDeleted };
mtype = { SendProtected, SendClear, HashAndBody, ClearBody };
#ifndef LOSSES
#define LOSSES 2
#endif
#define RETRIES 3
#define OLD 1
#define NEW(k) (2 << (k))
chan toI[2] = [2] of { mtype, byte };
chan toR[2] = [2] of { mtype, byte };
chan inf[2] = [3] of { mtype, byte, bool };
mtype iState[2] = Idle, rState[2] = Idle;
byte pairs[2] = OLD, losses, copies, forged, surplus;
bool forgedTaken, wants[2];
#define open(k) (iState[k] == AwaitHash2 || rState[k] == AwaitHash3)
#define quiet (!open(0) && !open(1) && empty(inf[0]) && empty(inf[1]))
#define dueOld(e) (iState[e] == Established && (pairs[e] & OLD) && (pairs[e] & NEW(e)))
#define dueSurplus(e) (surplus == e && (pairs[e] & 6) == 6)
inline Put(to, m, v) { if
  :: m == Nothing || m == Refusal -> skip
  :: m != Nothing && m != Refusal && nfull(to) -> to!m(v)
  :: m != Nothing && m != Refusal && len(to) == 0 && copies < 1 -> copies++; to!m(v); to!m(v)
  :: m != Nothing && m != Refusal && (losses < LOSSES || full(to)) -> losses = (losses < LOSSES -> losses + 1 : losses)
  fi }
#define ROW(exchange, role, state, event, guard, next, sends, payloads, clause) ROW_##role(state, event, guard, next, sends)
#define Always true
#define HashDiffers (v == 0)
#define HashMatches (v != 0)
#define AnswerAcceptable (v == 1)
#define AnswerNotOffered (v > 1)
#define OfferAcceptable (v == 1)
#define NothingAcceptable (v > 1)
proctype Initiator(byte k) { mtype ev, last = Nothing; byte v, tries, out;
end: do :: atomic { if
       :: iState[k] == Idle && wants[k] && pairs[k] == OLD -> ev = Initiate; v = 0
       :: toI[k]?ev(v)
       :: iState[k] == AwaitHash2 && tries < RETRIES && timeout -> tries++; ev = Nothing; Put(toR[k], last, out)
       :: iState[k] == AwaitHash2 && tries == RETRIES && timeout -> ev = RetriesSpent
       fi; if
#define ROW_Responder(s, e, g, n, m)
#define ROW_Initiator(s, e, g, n, m) \
       :: iState[k] == s && ev == e && (g) -> if :: n == s -> skip :: else -> iState[k] = n; last = m; tries = 0; \
          if :: n == Established -> pairs[k] = pairs[k] | NEW(k) :: else fi; \
          out = 1; Put(toR[k], m, out) fi
#include "quick-mode.rows"
       :: ev == Hash2SaNonce && v == 1 && iState[k] == Established -> Put(toR[k], last, out)
       :: else -> skip
       fi; ev = Nothing; v = 0 } od }
#undef ROW_Initiator
#undef ROW_Responder
proctype Responder(byte k) { mtype ev, last = Nothing; byte v, tries, out;
end: do :: atomic { if
       :: toR[k]?ev(v)
       :: rState[k] == AwaitHash3 && tries < RETRIES && timeout -> tries++; ev = Nothing; Put(toI[k], last, out)
       :: rState[k] == AwaitHash3 && tries == RETRIES && timeout -> ev = RetriesSpent
       fi; if
#define ROW_Initiator(s, e, g, n, m)
#define ROW_Responder(s, e, g, n, m) \
       :: rState[k] == s && ev == e && (g) -> if :: n == s -> skip :: else -> rState[k] = n; last = m; tries = 0; \
          if :: n == Established -> pairs[1 - k] = pairs[1 - k] | NEW(k) :: else fi; \
          out = 1; Put(toI[k], m, out) fi
#include "quick-mode.rows"
       :: ev == Hash1SaNonce && v == 1 && rState[k] == AwaitHash3 -> Put(toI[k], last, out)
       :: else -> skip
       fi; ev = Nothing; v = 0 } od }
#undef ROW_Initiator
#undef ROW_Responder
#undef HashDiffers
#undef HashMatches
#define HashMatches good
#define HashDiffers (!good)
#define BeforeKeys false
#define KeysExist true
inline SendInf(m, v, good) { if
  :: m == HashAndBody && nfull(inf[1 - e]) -> inf[1 - e]!HashAndBody(v, good)
  :: m == HashAndBody && losses < LOSSES -> losses++
  fi }
/* Deletes of one end: sent, and taken. */
proctype Deletes(byte e) { mtype ev, st; byte v; bool good;
end: do :: atomic { if
       :: timeout && quiet && (dueOld(e) || dueSurplus(e)) ->
            v = (dueOld(e) -> OLD : NEW(e)); pairs[e] = pairs[e] & (7 - v); st = Idle; ev = SendProtected; good = true
       :: timeout && quiet && !dueOld(0) && !dueOld(1) && !dueSurplus(0) && !dueSurplus(1) && (pairs[e] & ~pairs[1 - e]) ->
            pairs[e] = pairs[e] & pairs[1 - e]; ev = Nothing             /* the end of life of a pair that the peer no longer has */
       :: inf[e]?ev(v, good) -> st = Idle
       :: forged < 1 && pairs[e] != 0 -> forged++; v = (pairs[e] & OLD -> OLD : pairs[e]); st = Idle; good = false;
            if :: ev = HashAndBody :: ev = ClearBody fi
       fi; if
#define ROW_Receiver(s, x, g, n, m)
#define ROW_Sender(s, x, g, n, m) :: st == s && ev == x && (g) -> st = n; SendInf(m, v, true)
#include "informational.rows"
#undef ROW_Receiver
#undef ROW_Sender
#define ROW_Sender(s, x, g, n, m)
#define ROW_Receiver(s, x, g, n, m) \
       :: st == s && ev == x && (g) -> st = n; \
          if :: n == Received && (pairs[e] & v) -> forgedTaken = (good -> forgedTaken : true); \
                pairs[e] = pairs[e] & (7 - v); SendInf(HashAndBody, v, true) \
             :: else fi
#include "informational.rows"
#undef ROW_Receiver
#undef ROW_Sender
       :: else -> skip
       fi; ev = Nothing; v = 0; good = false; st = Idle } od }
init { atomic { if :: surplus = 0 :: surplus = 1 fi; if :: wants[0] = true :: wants[1] = true :: wants[0] = true; wants[1] = true fi;
  run Initiator(0); run Responder(0); run Initiator(1); run Responder(1); run Deletes(0); run Deletes(1) } }
#define one(p) ((p) == 1 || (p) == 2 || (p) == 4)
ltl S_07 { [] !forgedTaken }
ltl L_05 { [] ((pairs[0] & pairs[1]) != 0) }
ltl L_06 { <> [] (one(pairs[0]) && one(pairs[1])) }
ltl L_07 { <> [] (pairs[0] == pairs[1]) }
ltl L_05_witness { [] !(pairs[0] == 2 && pairs[1] == 2) }
ltl L_06_witness { [] !((pairs[0] & 6) == 6 && (pairs[1] & 6) == 6) }
