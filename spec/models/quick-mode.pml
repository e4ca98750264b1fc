/* The table quick-mode.rows on a network that loses, duplicates, reorders and replays. HASH(n) is a number made of the nonces
   that it covers; an attacker may alter or replay what it saw, but cannot make a HASH.
   clause 2409-5.5-03 clause 2409-5.5-04 clause 2408-3.1-05 */
mtype = { Idle, AwaitHash2, AwaitHash3, Established, Failed };
mtype = { Nothing, Initiate, Hash1SaNonce, Hash2SaNonce, Hash3, Refusal, Refused, RetriesSpent, ParentDeleted, PeerDeleted };
#ifndef LOSSES
#define LOSSES 2
#endif
#define RETRIES 3
#ifdef PATIENT
#define TIMER_MAY_FIRE timeout
#else
#define TIMER_MAY_FIRE true
#endif
chan toI = [3] of { mtype, byte };
chan toR = [3] of { mtype, byte };
mtype iState = Idle, rState = Idle;
byte losses, copies, changes, overtakes, pairsI, pairsR, offer = 1, taken = 1;
bool parent = true;
#define waitingI (iState == AwaitHash2)
#define waitingR (rState == AwaitHash3)
inline Put(to, m, v) { if
  :: m == Nothing -> skip
  :: m != Nothing && nfull(to) -> to!m(v)
  :: m != Nothing && len(to) < 2 && copies < 1 -> copies++; to!m(v); to!m(v)
  :: m != Nothing && nfull(to) && changes < 1 -> changes++; to!m(0)
  :: m != Nothing && (losses < LOSSES || full(to)) -> losses = (losses < LOSSES -> losses + 1 : losses)
  fi }
#define ROW(exchange, role, state, event, guard, next, sends, payloads, clause) ROW_##role(state, event, guard, next, sends)
#define Always true
#define HashMatches (v != 0)
#define HashDiffers (v == 0)
#define AnswerAcceptable (v == 1)
#define AnswerNotOffered (v > 1)
#define OfferAcceptable (v == 1)
#define NothingAcceptable (v > 1)
proctype Initiator() { mtype ev, last = Nothing; byte v, tries, out;
end: do :: atomic { if
       :: iState == Idle -> ev = Initiate; v = 0
       :: toI?ev(v) -> if :: ev == Refusal && v != 0 -> ev = Refused :: else fi
       :: len(toI) > 1 && overtakes < 1 -> overtakes++; toI?ev(v); toI!ev(v); ev = Nothing
       :: waitingI && tries < RETRIES && TIMER_MAY_FIRE -> tries++; ev = Nothing; Put(toR, last, out)
       :: waitingI && tries == RETRIES && TIMER_MAY_FIRE -> ev = RetriesSpent
#ifdef DELETES
       :: parent && iState != Idle -> parent = false; ev = ParentDeleted
#endif
       fi; if
#define ROW_Responder(s, e, g, n, m)
#define ROW_Initiator(s, e, g, n, m) \
       :: iState == s && ev == e && (g) -> if :: n == s -> skip :: else -> iState = n; last = m; tries = 0; \
          if :: n == Established -> pairsI++ :: else fi; \
          if :: m == Hash1SaNonce -> out = offer :: m == Hash3 -> out = 1 :: else -> out = 0 fi; Put(toR, m, out) fi
#include "quick-mode.rows"
       :: ev == Hash2SaNonce && v == 1 && iState == Established -> Put(toR, last, out)      /* a copy: HASH(3) again */
       :: else -> skip
       fi; ev = Nothing; v = 0 } od }
#undef ROW_Initiator
#undef ROW_Responder
proctype Responder() { mtype ev, last = Nothing; byte v, tries, out;
end: do :: atomic { if
       :: toR?ev(v)
       :: len(toR) > 1 && overtakes < 1 -> overtakes++; toR?ev(v); toR!ev(v); ev = Nothing
       :: waitingR && tries < RETRIES && TIMER_MAY_FIRE -> tries++; ev = Nothing; Put(toI, last, out)
       :: waitingR && tries == RETRIES && TIMER_MAY_FIRE -> ev = RetriesSpent
       fi; if
#define ROW_Initiator(s, e, g, n, m)
#define ROW_Responder(s, e, g, n, m) \
       :: rState == s && ev == e && (g) -> if :: n == s -> skip :: else -> taken = (n == Established -> v : taken); rState = n; last = m; tries = 0; \
          if :: n == Established -> pairsR++ :: else fi; \
          if :: m == Hash2SaNonce -> out = 1 :: m == Refusal -> out = 1 :: else -> out = 0 fi; Put(toI, m, out) fi
#include "quick-mode.rows"
       :: ev == Hash1SaNonce && v == 1 && rState == AwaitHash3 -> Put(toI, last, out)       /* a copy: message 2 again */
       :: else -> skip
       fi; ev = Nothing; v = 0 } od }
init { atomic { if :: true :: offer = 2 fi; run Initiator(); run Responder() } }
#define bothUp (iState == Established && rState == Established)
ltl S_04 { [] (rState == Established -> (iState == Established && offer == 1)) }
ltl S_05 { [] (pairsR <= pairsI) }
ltl S_07 { [] (taken != 0) }
ltl S_08 { [] (pairsI <= 1 && pairsR <= 1) }
ltl L_01 { <> (iState == Established || iState == Failed) }
ltl L_04 { <> (bothUp || offer == 2 || changes > 0) }
ltl S_04_witness { [] !bothUp }
ltl L_04_witness { [] !(iState == Established && rState == Failed) }
