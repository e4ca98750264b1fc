/* The table main-mode-psk.rows on a network that loses, duplicates, reorders, replays and alters, with timers under one clock.
   A message carries one number: the choice, a public value, or a HASH as a symbolic value of the key it was made with.
   clause 2409-5.4-01 clause 2409-5.4-02 clause 2409-5.4-03 clause 2409-5-06 clause 2408-5.1-02 clause 2408-5.1-03 */
mtype = { Idle, AwaitSaR, AwaitKeR, AwaitHashR, AwaitKeI, AwaitHashI, Established, Failed };
mtype = { Nothing, Initiate, SaPayload, KeyAndNonce, IdAndHash, Refusal, RetriesSpent, HalfOpenExpired };
#ifndef LOSSES
#define LOSSES 2
#endif
#ifndef RETRIES
#define RETRIES 3
#endif
#ifdef PATIENT
#define TIMER_MAY_FIRE timeout      /* only when nothing else can happen: fewer losses than retries bring both up */
#else
#define TIMER_MAY_FIRE true         /* also too early */
#endif
#define SKEYID(psk, ni, nr) ((psk) * 16 + (ni) * 4 + (nr))
#define HASH_I(k) (64 + (k))
#define HASH_R(k) (128 + (k))
chan toI = [3] of { mtype, byte };
chan toR = [3] of { mtype, byte };
mtype iState = Idle, rState = Idle;
byte iPsk = 1, rPsk = 1, offer = 1, losses, copies, changes, overtakes, iNr, rNi, iChoice = 1, processed;
bool forgedTaken;
#define iKey SKEYID(iPsk, 1, iNr)
#define rKey SKEYID(rPsk, rNi, 2)
#define waiting (iState == AwaitSaR || iState == AwaitKeR || iState == AwaitHashR)
#define halfOpen (rState == AwaitKeI || rState == AwaitHashI)
inline Put(to, m, v) { if
  :: m == Nothing || m == Refusal -> skip
  :: m != Nothing && m != Refusal && nfull(to) -> to!m(v)
  :: m != Nothing && m != Refusal && len(to) < 2 && copies < 1 -> copies++; to!m(v); to!m(v)
  :: m == KeyAndNonce && nfull(to) && changes < 1 -> changes++; to!m(3)
  :: m == KeyAndNonce && nfull(to) && changes < 1 -> changes++; to!m(0)      /* a public value outside the group */
  :: m == SaPayload && nfull(to) && changes < 1 -> changes++; to!m(0)
  :: m == IdAndHash && nfull(to) && changes < 1 -> changes++; to!m(0)        /* no HASH at all */
  :: m != Nothing && m != Refusal && (losses < LOSSES || full(to)) -> losses = (losses < LOSSES -> losses + 1 : losses)
  fi }
#define ROW(exchange, role, state, event, guard, next, sends, payloads, clause) ROW_##role(state, event, guard, next, sends)
#define Always true
#define PublicValueValid (v != 0)
#define PublicValueInvalid (v == 0)
#define IdentityRefused false
proctype Initiator() { mtype ev, last = Nothing; byte v, tries, out;
end: do :: atomic { if
       :: iState == Idle -> ev = Initiate; v = 0
       :: toI?ev(v)
       :: len(toI) > 1 && overtakes < 1 -> overtakes++; toI?ev(v); toI!ev(v); ev = Nothing
       :: waiting && tries < RETRIES && TIMER_MAY_FIRE -> tries++; ev = Nothing; Put(toR, last, out)
       :: waiting && tries == RETRIES && TIMER_MAY_FIRE -> ev = RetriesSpent
       fi; if
#define ChoiceWasOffered (v == 1)
#define ChoiceNotOffered (v != 1)
#define HashMatches (v == HASH_R(iKey))
#define HashDiffers (v != HASH_R(iKey))
#define ROW_Responder(s, e, g, n, m)
#define ROW_Initiator(s, e, g, n, m) \
       :: iState == s && ev == e && (g) -> if :: n == s -> skip :: else -> \
          if :: e == KeyAndNonce -> iNr = v :: e == SaPayload -> iChoice = v :: e == IdAndHash && v == 0 -> forgedTaken = true :: else fi; iState = n; last = m; tries = 0; \
          if :: m == SaPayload -> out = offer :: m == KeyAndNonce -> out = 1 :: m == IdAndHash -> out = HASH_I(iKey) :: else -> out = 0 fi; \
          Put(toR, m, out) fi
#include "main-mode-psk.rows"
       :: else -> skip
       fi; ev = Nothing; v = 0 } od }
#undef ROW_Initiator
#undef ROW_Responder
#undef HashMatches
#undef HashDiffers
proctype Responder() { mtype ev, last = Nothing, seen = Nothing; byte v, out, seenV;
end: do :: atomic { if
       :: toR?ev(v)
       :: len(toR) > 1 && overtakes < 1 -> overtakes++; toR?ev(v); toR!ev(v); ev = Nothing
#ifndef PATIENT
       :: halfOpen && !waiting && iState != Idle -> ev = HalfOpenExpired
#endif
       fi; if
#define OfferAcceptable (v == 1)
#define NothingAcceptable (v != 1)
#define HashMatches (v == HASH_I(rKey))
#define HashDiffers (v != HASH_I(rKey))
#define ROW_Initiator(s, e, g, n, m)
#define ROW_Responder(s, e, g, n, m) \
       :: rState == s && ev == e && (g) -> if :: n == s -> skip :: else -> \
          if :: e == KeyAndNonce -> rNi = v :: e == IdAndHash && v == 0 -> forgedTaken = true :: else fi; rState = n; last = m; seen = e; seenV = v; \
          if :: m == IdAndHash -> processed++ :: else fi; \
          if :: m == SaPayload -> out = 1 :: m == KeyAndNonce -> out = 2 :: m == IdAndHash -> out = HASH_R(rKey) :: else -> out = 0 fi; \
          Put(toI, m, out) fi
#include "main-mode-psk.rows"
       :: ev == seen && ev != Nothing && v == seenV && last != Nothing -> Put(toI, last, out)    /* a copy is answered with the same octets */
       :: else -> skip
       fi; ev = Nothing; v = 0 } od }
init { atomic { if :: true :: rPsk = 2 fi; if :: true :: offer = 0 fi; run Initiator(); run Responder() } }
#define bothUp (iState == Established && rState == Established)
ltl S_02  { [] (bothUp -> iKey == rKey) }
ltl S_03  { [] (iState == AwaitKeR -> iChoice == 1) }
ltl S_37  { [] ((iState == AwaitHashR -> iNr != 0) && (rState == AwaitHashI -> rNi != 0)) }
ltl L_01  { <> (iState == Established || iState == Failed) }
ltl S_05  { [] (iState == Established -> rState == Established) }
ltl S_01  { [] ((iState == Established || rState == Established) -> iPsk == rPsk) }
ltl S_07  { [] !forgedTaken }
ltl S_08  { [] (processed <= 1) }
ltl L_02  { <> (bothUp || rPsk == 2 || offer == 0 || changes > 0) }
ltl L_04_witness { [] !(rState == Established && iState == Failed) }
ltl S_02_witness { [] !bothUp }
