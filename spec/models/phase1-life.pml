/* The life of an ISAKMP SA (RFC 2408 section 4.3): two ends have one, OLD_SA, that nears its end, and a pair that needs it. One of them
   or both renew it, while either may begin a Quick Mode.

   Tables: main-mode-psk.rows for the renewals, quick-mode.rows, informational.rows for the Delete. Main Mode k and Quick Mode k
   are begun by end k; SA(k) and PAIR(k) come of them. What RefIke does (Steps/Renewal.cs in src/RefIke.Engine):
   - an end renews OLD_SA where it has no newer one and has not begun one;
   - a Quick Mode goes under the newest ISAKMP SA that its initiator has, and stays there;
   - who has renewed OLD_SA deletes it later: here, when nothing flies and nobody waits (-DRETIRES_AT_ONCE: at any time);
   - its life ends after a renewal had time (-DEXPIRES_EARLY: at any time); who lets it end tells the peer;
   - what is open under an ISAKMP SA fails with it (-DQUICK_MODES_STAY: it does not), pairs stay (-DPAIRS_GO: they go with it, as
     strongSwan does where one is deleted).

   On the fair network, without a clock: a timer of an exchange fires when nothing flies, those of Main Mode first. A Delete is sent
   once. A Quick Mode that comes before its ISAKMP SA is up is held. Not here: INITIAL-CONTACT and restarts (two-main-modes.pml),
   the rekeying of pairs (phase2-life.pml): each new pair stays.

   clause 2408-4.3-01 clause 2408-3.15-02 clause 2408-5.15-03 clause 2409-8-01 clause 2409-4-05 clause 2409-5.7-01 */

mtype = { Idle, AwaitSaR, AwaitKeR, AwaitKeI, AwaitHashR, AwaitHashI, AwaitHash2, AwaitConnected, AwaitHash3, Established, Failed };
mtype = { Nothing, Initiate, SaPayload, KeyAndNonce, IdAndHash, Hash1SaNonce, Hash2SaNonce, Hash3, Connected, Refusal };
mtype = { Refused, RetriesSpent, HalfOpenExpired, ParentDeleted, PeerDeleted };
mtype = { Sent, Received, SendProtected, SendClear, HashAndBody, ClearBody };

#define FAIR
#ifndef LOSSES
#define LOSSES 1
#endif
#ifndef RETRIES
#define RETRIES 1
#endif
#ifndef COPIES
#define COPIES 0
#endif
#include "network.pml"

#define OLD_SA 1
#define SA(k) (2 << (k))
#define OLD_PAIR 1
#define PAIR(k) (2 << (k))

chan toI[2] = [4] of { mtype, byte };
chan toR[2] = [4] of { mtype, byte };
chan inf[2] = [2] of { mtype, byte };
chan againI[2] = [2] of { mtype, byte };
chan againR[2] = [2] of { mtype, byte };
chan againInf[2] = [2] of { mtype, byte };

/* What each end has, the newer of two ISAKMP SAs that it has made, and what its owner wants. */
byte sas[2] = OLD_SA, pairs[2] = OLD_PAIR, newest[2] = OLD_SA;
bool wants[2], renews[2];
/* Main Mode k: i at end k, r at the other. Quick Mode k likewise: q and a, under an ISAKMP SA. */
mtype iState[2] = Idle, rState[2] = Idle, qState[2] = Idle, aState[2] = Idle;
byte iTries[2], qTries[2], aTries[2], under[2];

/* Ghosts, for the properties alone. */
bool tookPair, strayed, isOver;
bool failed[2];                         /* Quick Mode k lost its ISAKMP SA */

#define iWaits(k) (iState[k] == AwaitSaR || iState[k] == AwaitKeR || iState[k] == AwaitHashR)
#define rWaits(k) (rState[k] == AwaitKeI || rState[k] == AwaitHashI)
#define qWaits(k) (qState[k] == AwaitHash2)
#define aWaits(k) (aState[k] == AwaitHash3)
#define reads(e, k) ((sas[e] & under[k]) != 0)
#define holds(e, k) (!reads(e, k) && ((under[k] == SA(e) && iWaits(e)) || (under[k] == SA(1 - (e)) && rWaits(1 - (e)))))
#define nothingFliesOf(k) (empty(inf[k]) && empty(toI[k]) && \
        (empty(toR[k]) || (toR[k] ?? [Hash1SaNonce, _] && len(toR[k]) == 1 && holds(1 - (k), k))))
#define nothingFlies (nothingFliesOf(0) && nothingFliesOf(1))
#define mmIsQuiet (!iWaits(0) && !iWaits(1) && !rWaits(0) && !rWaits(1))
#define qmIsQuiet (!qWaits(0) && !qWaits(1) && !aWaits(0) && !aWaits(1))
#define begun(e) (!(wants[e] && qState[e] == Idle) && !(renews[e] && sas[e] == OLD_SA && iState[e] == Idle))
#define quiet (nothingFlies && mmIsQuiet && qmIsQuiet && begun(0) && begun(1))
#define over (quiet && !has(0, OLD_SA) && !has(1, OLD_SA))
#define has(e, sa) ((sas[e] & (sa)) != 0)
#ifdef RETIRES_AT_ONCE
#define retires(e) (has(e, SA(e)) && has(e, OLD_SA))
#else
#define retires(e) (has(e, SA(e)) && has(e, OLD_SA) && quiet)
#endif
#ifdef EXPIRES_EARLY
#define expires(e) has(e, OLD_SA)
#else
#define expires(e) (has(e, OLD_SA) && quiet && sas[e] != OLD_SA && !has(e, SA(e)))
#endif

inline ComesUp(x, n) { sas[x] = sas[x] | SA(n); newest[x] = SA(n) }

/* End x has lost OLD_SA, and what was open under it: Quick Modes, of which it is the initiator or the responder. */
inline Forget(x) {
  sas[x] = sas[x] & ~OLD_SA;
#ifdef PAIRS_GO
  tookPair = tookPair || pairs[x] != 0; pairs[x] = 0;
#endif
#ifndef QUICK_MODES_STAY
  if :: qWaits(x) && under[x] == OLD_SA -> qState[x] = Failed; failed[x] = true :: else fi;
  if :: aWaits(1 - x) && under[1 - x] == OLD_SA -> aState[1 - x] = Failed; failed[1 - x] = true :: else fi
#else
  skip
#endif
}

#define when_ChoiceWasOffered true
#define when_ChoiceNotOffered false
#define when_PublicValueValid true
#define when_PublicValueInvalid false
#define when_HashMatches true
#define when_HashDiffers false
#define when_IdentityRefused false
#define when_OfferAcceptable true
#define when_NothingAcceptable false
#define when_AnswerAcceptable true
#define when_AnswerAcceptableAndCommits false
#define when_AnswerNotOffered false
#define when_HashMatchesAndCommits false
#define when_BeforeKeys false
#define when_KeysExist true

/* A row of each table speaks of a state of its own. */
#undef ROW
#define ROW(exchange, role, state, event, guard, next, sends, payloads, clause) \
        ROW_##role(exchange##_##role, state, event, when_##guard, next, sends, TEXT(exchange role state event guard next sends\n))
#define MainModePsk_Initiator iState[k]
#define MainModePsk_Responder rState[k]
#define QuickMode_Initiator qState[k]
#define QuickMode_Responder aState[k]
#define Informational_Receiver Idle
#define Informational_Sender Idle

/* ---------------------------------------------------------------- Who begins Main Mode k and Quick Mode k: end k. */

#define ROW_Initiator(which, state, what, guard, then, sends, text) \
        :: which == state && event == what && guard -> printf(text); next = then; message = sends
#define ROW_Responder(which, state, what, guard, then, sends, text)

proctype Begins(byte k) {
  mtype event = Nothing, next = Nothing, message = Nothing;
  byte v;
end:
  do
  :: atomic {                                                           /* Main Mode. */
       if
       :: renews[k] && iState[k] == Idle && sas[k] == OLD_SA -> event = Initiate
       :: Arrives(iState[k] != Idle, toI[k], againI[k], SaPayload)
       :: Arrives(iState[k] != Idle, toI[k], againI[k], KeyAndNonce)
       :: Arrives(iState[k] != Idle, toI[k], againI[k], IdAndHash)
       :: iWaits(k) && nothingFlies && iTries[k] < RETRIES -> iTries[k]++;
            message = (iState[k] == AwaitSaR -> SaPayload : (iState[k] == AwaitKeR -> KeyAndNonce : IdAndHash));
            Send(toR[k], message, 0)
       :: iWaits(k) && nothingFlies && iTries[k] == RETRIES -> event = RetriesSpent
       fi;
       if
#include "main-mode-psk.rows"
       :: else -> skip
       fi;
       if
       :: next == Nothing -> skip
       :: else ->
            iState[k] = next; iTries[k] = 0;
            if :: next == Established -> ComesUp(k, k) :: else fi;
            Send(toR[k], message, 0)
       fi;
       event = Nothing; next = Nothing; message = Nothing; v = 0
     }
  :: atomic {                                                           /* Quick Mode. */
       if
       :: wants[k] && qState[k] == Idle && sas[k] != 0 -> under[k] = newest[k]; event = Initiate
       :: Arrives(qState[k] != Idle, toI[k], againI[k], Hash2SaNonce)
       :: qWaits(k) && nothingFlies && mmIsQuiet && qTries[k] < RETRIES -> qTries[k]++; Send(toR[k], Hash1SaNonce, 0)
       :: qWaits(k) && nothingFlies && mmIsQuiet && qTries[k] == RETRIES -> event = RetriesSpent
       fi;
       if :: event == Hash2SaNonce && !reads(k, k) -> event = Nothing :: else fi;
       if
#include "quick-mode.rows"
       :: event == Hash2SaNonce && qState[k] == Established -> Send(toR[k], Hash3, 0)           /* a copy */
       :: else -> skip
       fi;
       if
       :: next == Nothing -> skip
       :: else ->
            qState[k] = next; qTries[k] = 0;
            if :: next == Established -> pairs[k] = pairs[k] | PAIR(k); strayed = strayed || !reads(k, k) :: else fi;
            Send(toR[k], message, 0)
       fi;
       event = Nothing; next = Nothing; message = Nothing; v = 0
     }
  od
}

#undef ROW_Initiator
#undef ROW_Responder

/* ---------------------------------------------------------------- Who answers: end 1 - k. */

#define ROW_Initiator(which, state, what, guard, then, sends, text)
#define ROW_Responder(which, state, what, guard, then, sends, text) \
        :: which == state && event == what && guard -> printf(text); next = then; message = sends

proctype Answers(byte k) {
  mtype event = Nothing, next = Nothing, message = Nothing;
  byte v, e = 1 - k;
end:
  do
  :: atomic {                                                           /* Main Mode. */
       if
       :: Arrives(true, toR[k], againR[k], SaPayload)
       :: Arrives(true, toR[k], againR[k], KeyAndNonce)
       :: Arrives(true, toR[k], againR[k], IdAndHash)
       :: rWaits(k) && iState[k] == Failed && nothingFlies -> event = HalfOpenExpired
       fi;
       if
#include "main-mode-psk.rows"
       :: event == SaPayload && rState[k] == AwaitKeI -> Send(toI[k], SaPayload, 0)             /* copies */
       :: event == KeyAndNonce && rState[k] == AwaitHashI -> Send(toI[k], KeyAndNonce, 0)
       :: event == IdAndHash && rState[k] == Established -> Send(toI[k], IdAndHash, 0)
       :: else -> skip
       fi;
       if
       :: next == Nothing -> skip
       :: else ->
            rState[k] = next;
            if :: next == Established -> ComesUp(e, k) :: else fi;
            Send(toI[k], message, 0)
       fi;
       event = Nothing; next = Nothing; message = Nothing; v = 0
     }
  :: atomic {                                                           /* Quick Mode. */
       if
       :: Arrives(!holds(e, k), toR[k], againR[k], Hash1SaNonce)
       :: Arrives(true, toR[k], againR[k], Hash3)
       :: aWaits(k) && nothingFlies && mmIsQuiet && aTries[k] < RETRIES -> aTries[k]++; Send(toI[k], Hash2SaNonce, 0)
       :: aWaits(k) && nothingFlies && mmIsQuiet && aTries[k] == RETRIES -> event = RetriesSpent
       fi;
       if :: event != RetriesSpent && event != Nothing && !reads(e, k) -> event = Nothing :: else fi;
       if
#include "quick-mode.rows"
       :: event == Hash1SaNonce && aWaits(k) -> Send(toI[k], Hash2SaNonce, 0)
       :: else -> skip
       fi;
       if
       :: next == Nothing -> skip
       :: else ->
            aState[k] = next; aTries[k] = 0;
            if :: next == Established -> pairs[e] = pairs[e] | PAIR(k); strayed = strayed || !reads(e, k) :: else fi;
            Send(toI[k], message, 0)
       fi;
       event = Nothing; next = Nothing; message = Nothing; v = 0
     }
  od
}

/* ---------------------------------------------------------------- The Deletes of end e, and its clock. */

#define ROW_Receiver(which, state, what, guard, then, sends, text) \
        :: which == state && event == what && guard -> printf(text); next = then
#define ROW_Sender(which, state, what, guard, then, sends, text)

proctype Informationals(byte e) {
  mtype event = Nothing, next = Nothing;
  byte v;
  bool tell;
end:
  do
  :: atomic {
       if
       :: retires(e) || expires(e) -> Forget(e); tell = true
       :: Arrives(true, inf[e], againInf[e], HashAndBody)
       :: ArrivesAgain(true, againInf[e])
       fi;
       if :: event != Nothing && !has(e, OLD_SA) -> event = Nothing :: else fi;           /* nobody can read it */
       if
#include "informational.rows"
       :: else -> skip
       fi;
       if :: next == Received -> Forget(e) :: else fi;
#undef ROW_Receiver
#undef ROW_Sender
#define ROW_Receiver(which, state, what, guard, then, sends, text)
#define ROW_Sender(which, state, what, guard, then, sends, text) \
        :: tell && SendProtected == what && guard -> printf(text); Send(inf[1 - e], sends, 0)
       if
#include "informational.rows"
       :: else -> skip
       fi;
       event = Nothing; next = Nothing; v = 0; tell = false
     }
  od
}

proctype Watch() {
end:
  atomic { over -> isOver = true }
}

init {
  atomic {
    if :: renews[0] = true :: renews[1] = true :: renews[0] = true; renews[1] = true fi;
    if :: skip :: wants[0] = true fi;
    if :: skip :: wants[1] = true fi;
    run Begins(0); run Answers(0); run Begins(1); run Answers(1); run Informationals(0); run Informationals(1); run Watch()
  }
}

/* ---------------------------------------------------------------- The properties: words in spec/properties.md. */

#define open(k, sa) ((qWaits(k) && under[k] == (sa) && (sas[k] & (sa)) == 0) || (aWaits(k) && under[k] == (sa) && (sas[1 - (k)] & (sa)) == 0))

ltl S_21 { [] !tookPair && [] ((pairs[0] & pairs[1] & OLD_PAIR) != 0) }
ltl S_21_witness { [] !(sas[0] == SA(0) && sas[1] == SA(0)) }

ltl S_22 { [] (!open(0, OLD_SA) && !open(1, OLD_SA) && !strayed) }
ltl S_22_witness { [] !(qWaits(0) && under[0] == OLD_SA && sas[0] == OLD_SA + SA(0)) }

/* That it is over in the end is L_15. */
ltl L_04 { [] (isOver -> !failed[0] && !failed[1] && pairs[0] == pairs[1]) }
ltl L_04_witness { [] !(isOver && losses == LOSSES && pairs[0] == OLD_PAIR + PAIR(0) + PAIR(1) && under[0] != under[1]) }

ltl L_18 { [] ((sas[0] & sas[1]) != 0) && [] (isOver -> sas[0] == sas[1]) }
ltl L_18_witness { [] !(isOver && sas[0] == SA(0) + SA(1)) }

ltl L_15 { <> isOver }
ltl L_15_witness { [] !isOver }
