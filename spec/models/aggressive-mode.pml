/* Aggressive Mode (RFC 2409 section 5) between two ends and an attacker who owns the network.

   Tables: aggressive-mode-psk.rows, or with -DSIGNATURES=1 aggressive-mode-sig.rows. What differs is how the proof is made; here it
   is a symbol either way. One initiator, one responder, one exchange, and the initiator's first Quick Mode message after it: while
   message 3 is missing it makes the responder send message 2 again, for nobody else asks for message 3 (D-04).

   What each end was told by its owner is chosen at the start: whether the two have the same secret (with signatures: whether each
   trusts the other's key), whether the responder accepts the offer, whether either names itself as the other expects, and with
   signatures whether the initiator's certificate names who message 1 says it is.

   A datagram holds one number:
     SaKeyNonceId   the offer, whose KE and nonce, the identity      UNFIT, INVALID, STRANGER, OF_I, OF_E
     Second         choice, KE, nonce, identity and proof            NOT_OFFERED, BAD_VALUE, ECHO, GARBAGE, PROOF_R(secret, ni, id)
     Proof          the initiator's proof                            GARBAGE, PROOF_I(secret, certificate)

   Not here: a second exchange between the same ends, the clear notify of a refusal (main-mode-psk.pml has both ways of it),
   encryption: message 3 may be clear, so it counts for nothing.

   clause 2409-5.1-02 clause 2409-5.4-04 clause 2409-5-05 clause 2409-5-07 clause 2409-5-14 clause 2409-5-17 clause 2409-5-18
   clause 2408-1.7.1-01 clause 2408-5.1-05 clause 2408-5.1-06 clause 2408-5.4-03 clause 2408-5.11-01 clause 2407-4.6.2-02 */

#ifndef SIGNATURES
#define SIGNATURES 0
#endif

mtype = { Idle, AwaitHashR, AwaitHashI, AwaitSigR, AwaitSigI, Established, Failed };
mtype = { Nothing, Initiate, SaKeyNonceId, SaKeyNonceIdHash, SaKeyNonceIdSignature, Hash, Signature, Refusal };
mtype = { RetriesSpent, HalfOpenExpired, QuickMode, QuickModeAnswer };

#if SIGNATURES
#define AwaitProofR AwaitSigR
#define AwaitProofI AwaitSigI
#define Second SaKeyNonceIdSignature
#define Proof Signature
#else
#define AwaitProofR AwaitHashR
#define AwaitProofI AwaitHashI
#define Second SaKeyNonceIdHash
#define Proof Hash
#endif

#include "network.pml"

#ifndef HALF_OPEN
#define HALF_OPEN 4                     /* ticks that a responder waits for a whole exchange */
#endif

/* Message 1: an offer that is not acceptable; acceptable, with a public value outside its group; with an identity that policy does
   not know; with the initiator's own KE and nonce, or the attacker's. */
#define UNFIT 0
#define INVALID 1
#define STRANGER 2
#define OF_I 3
#define OF_E 4

/* Message 2: a choice that was not offered; a public value outside its group; the initiator's own KE or nonce; a proof that nobody
   made; the proof of who has this secret, over this KE and nonce of the initiator and this identity. */
#define NOT_OFFERED 0
#define BAD_VALUE 1
#define ECHO 2
#define GARBAGE 3
#define PROOF_R(psk, ni, id) (8 + (psk) - 1 + 2 * ((ni) != OF_I) + 4 * (id))
#define PROOF_I(psk, certificate) (8 + (psk) - 1 + 2 * (certificate))

#define EXPECTED 0
#define OTHER 1

chan toI = [4] of { mtype, byte };
chan toR = [4] of { mtype, byte };
chan againI = [2] of { mtype, byte };
chan againR = [2] of { mtype, byte };

/* What the owners chose. */
byte first = OF_I, iPsk = 1, rPsk = 1, rId = EXPECTED, iCertificate = EXPECTED;

/* What each end knows: its state, what it took from the other, its timer. */
mtype iState = Idle, rState = Idle;
byte iTook, iTimer, iTries;
bool iAsks;                                             /* its Quick Mode awaits an answer */
byte rTook, rTimer;

/* Ghosts, for the properties alone: how many messages moved each end; whether a proof that nobody made was taken; and of the last
   step, whether something that was awaited was refused, and whether something was sent again because it was asked for. */
byte iMoved, rMoved;
bool forgedTaken, refused, again;
byte refusedV;                                          /* what the message held that was refused */

#define iWaits (iState == AwaitProofR)
#define rWaits (rState == AwaitProofI)
#define iDue ((iWaits || iAsks) && iTimer == 0)
#define rDue (rWaits && rTimer == 0)
#define iListens (iState != Idle && !iDue)
#define rListens (!rDue)

/* ---------------------------------------------------------------- The initiator. */

inline InitiatorMoves() {
  if
  :: next == Nothing -> skip                            /* no row was taken */
  :: next == iState -> refused = true; refusedV = v     /* the record stays as it was */
  :: else ->
       if
       :: event == Second -> iTook = v; forgedTaken = (v == GARBAGE); iMoved++; seenV = v
       :: else
       fi;
       iState = next;
       iTries = 0; iTimer = (iWaits || iState == Established -> GAP(0) : 0);
       last = message;
       if
       :: message == SaKeyNonceId -> content = first
       :: message == Proof -> content = PROOF_I(iPsk, iCertificate)
       :: else -> content = 0
       fi;
       Send(toR, message, content);
       if
       :: iState == Established -> iAsks = true; Send(toR, QuickMode, 0)
       :: else
       fi
  fi
}

#define when_ChoiceNotOffered (v == NOT_OFFERED)
#define when_PublicValueInvalid (v == BAD_VALUE || v == ECHO)
#define when_HashMatches (v == PROOF_R(iPsk, OF_I, EXPECTED))
#define when_IdentityRefused (v == PROOF_R(iPsk, OF_I, OTHER))
#define when_HashDiffers (v == GARBAGE || (v >= 8 && !when_HashMatches && !when_IdentityRefused))
/* With signatures, a key that is not trusted is told from a proof that is not made with the key that is. */
#define when_SignatureMatches when_HashMatches
#define when_SignerRefused when_IdentityRefused
#define when_CertificateRefused (v >= 8 && (v & 1) != iPsk - 1)
#define when_SignatureDiffers (v == GARBAGE || (v >= 8 && (v & 1) == iPsk - 1 && (v & 2) != 0))

#define ROW_Initiator(state, what, guard, then, sends, text) \
        :: iState == state && event == what && guard -> printf(text); next = then; message = sends
#define ROW_Responder(state, what, guard, then, sends, text)

proctype Initiator() {
  mtype event = Nothing, next = Nothing, message = Nothing, last = Nothing;
  byte v, content, seenV;                               /* seenV: the message 2 that was taken; last: our newest message, */
end:                                                    /* content: what it holds */
  do
  :: atomic {
       refused = false; again = false; refusedV = 0;

       if                                                               /* What happens. */
       :: iState == Idle -> event = Initiate
       :: Arrives(iListens, toI, againI, Second)
       :: ArrivesAgain(iListens, againI)
       :: Arrives(iListens && iState == Established, toI, againI, QuickModeAnswer)
       :: Forged(iListens && iState == AwaitProofR, Second, NOT_OFFERED)
       :: Forged(iListens && iState == AwaitProofR, Second, BAD_VALUE)
       :: Forged(iListens && iState == AwaitProofR, Second, ECHO)
       :: Forged(iListens && iState == AwaitProofR, Second, GARBAGE)
       :: iDue && iTries < RETRIES -> iTries++; iTimer = GAP(iTries);
          if
          :: iWaits -> Send(toR, last, content)
          :: else -> Send(toR, QuickMode, 0)
          fi
       :: iDue && iTries == RETRIES && iWaits -> event = RetriesSpent
       :: iDue && iTries == RETRIES && !iWaits -> iAsks = false
       fi;

       if                                                               /* What comes of it. */
#if SIGNATURES
#include "aggressive-mode-sig.rows"
#else
#include "aggressive-mode-psk.rows"
#endif
       :: iState == Established && event == Second && v == seenV -> again = true; Send(toR, last, content)     /* the same octets */
       :: event == QuickModeAnswer -> iAsks = false; iTimer = 0
       :: else -> skip
       fi;
       InitiatorMoves();
       event = Nothing; next = Nothing; message = Nothing; v = 0
     }
  od
}

#undef when_ChoiceNotOffered
#undef when_PublicValueInvalid
#undef when_HashMatches
#undef when_IdentityRefused
#undef when_HashDiffers
#undef when_SignatureMatches
#undef when_SignerRefused
#undef when_CertificateRefused
#undef when_SignatureDiffers
#undef ROW_Initiator
#undef ROW_Responder

/* ---------------------------------------------------------------- The responder. */

inline ResponderMoves() {
  if
  :: next == Nothing -> skip
  :: next == rState -> refused = true; refusedV = v
  :: else ->
       if
       :: event == SaKeyNonceId -> rTook = v; rTimer = HALF_OPEN; rMoved++
       :: event == Proof -> forgedTaken = (v == GARBAGE); rMoved++
       :: else
       fi;
       rState = next;
       rTimer = (rWaits -> rTimer : 0);
       last = message;
       if
       :: message == Second -> content = PROOF_R(rPsk, rTook, rId)
       :: else -> last = Nothing
       fi;
       Send(toI, last, content)
  fi
}

#define when_FirstMessageAcceptable (v == OF_I || v == OF_E)
#define when_NothingAcceptable (v == UNFIT)
#define when_PublicValueInvalid (v == INVALID)
#define when_IdentityRefused (v == STRANGER)
#define when_HashMatches (v == PROOF_I(rPsk, EXPECTED) && rTook == OF_I)
#define when_HashDiffers (!when_HashMatches)
#define when_SignatureMatches when_HashMatches
#define when_SignerRefused (v == PROOF_I(rPsk, OTHER) && rTook == OF_I)
#define when_CertificateRefused (v >= 8 && (v & 1) != rPsk - 1)
#define when_SignatureDiffers (v == GARBAGE || ((v & 1) == rPsk - 1 && rTook != OF_I))

#define ROW_Responder(state, what, guard, then, sends, text) \
        :: rState == state && event == what && guard -> printf(text); next = then; message = sends
#define ROW_Initiator(state, what, guard, then, sends, text)

proctype Responder() {
  mtype event = Nothing, next = Nothing, message = Nothing, last = Nothing;
  byte v, content;
end:
  do
  :: atomic {
       refused = false; again = false; refusedV = 0;

       if                                                               /* What happens. */
       :: Arrives(rListens, toR, againR, SaKeyNonceId)
       :: Arrives(rListens, toR, againR, Proof)
       :: Arrives(rListens, toR, againR, QuickMode)
       :: ArrivesAgain(rListens, againR)
       :: Raced(rListens && rState == Idle, SaKeyNonceId, UNFIT)
       :: Forged(rListens && rState == Idle, SaKeyNonceId, INVALID)
       :: Forged(rListens && rState == Idle, SaKeyNonceId, STRANGER)
       :: Raced(rListens && rState == Idle, SaKeyNonceId, OF_E)
       :: Forged(rListens && rState == AwaitProofI, Proof, GARBAGE)
       :: Forged(rListens && rState == AwaitProofI, Proof, PROOF_I(3 - rPsk, EXPECTED))     /* of a secret or key of his own */
       :: rDue -> event = HalfOpenExpired
       fi;

       if                                                               /* What comes of it. */
#if SIGNATURES
#include "aggressive-mode-sig.rows"
#else
#include "aggressive-mode-psk.rows"
#endif
       :: rWaits && event == SaKeyNonceId && v == rTook -> again = true; Send(toI, last, content)       /* the same octets */
#ifndef DEAF                            /* to what comes too early */
       :: rWaits && event == QuickMode -> again = true; Send(toI, last, content)
#endif
       :: rState == Established && event == QuickMode -> Send(toI, QuickModeAnswer, 0)
       :: else -> skip
       fi;
       ResponderMoves();
       event = Nothing; next = Nothing; message = Nothing; v = 0
     }
  od
}

/* ---------------------------------------------------------------- The clock. */

proctype Clock() {
end:
  do
  :: atomic {
       (iWaits || iAsks || rWaits) && !iDue && !rDue && CLOCK_GOES_ON(empty(toI) && empty(toR)) ->
       refused = false; again = false; refusedV = 0;
       printf("  a tick\n");
       if :: iTimer > 0 -> iTimer-- :: else fi;
       if :: rTimer > 0 -> rTimer-- :: else fi
     }
  od
}

init {
  atomic {
    if :: skip :: rPsk = 2 fi;
    if :: skip :: first = UNFIT :: first = STRANGER fi;
    if :: skip :: rId = OTHER fi;
#if SIGNATURES
    if :: skip :: iCertificate = OTHER fi;
#endif
    run Initiator(); run Responder(); run Clock()
  }
}

/* ---------------------------------------------------------------- The properties: words in spec/properties.md. */

#define iUp (iState == Established)
#define rUp (rState == Established)
#define waits (iWaits || rWaits)
#define fits (iPsk == rPsk && first == OF_I && rId == EXPECTED && iCertificate == EXPECTED)

ltl S_01 { [] ((iUp || rUp) -> (iPsk == rPsk && first == OF_I && rTook == OF_I && iTook == PROOF_R(rPsk, OF_I, EXPECTED))) }
ltl S_01_witness { [] !rUp }

ltl S_02 { [] ((iUp && rUp) -> iTook == PROOF_R(rPsk, rTook, rId)) }
ltl S_02_witness { [] !(iUp && rUp) }

ltl S_03 { [] (iUp -> iTook != NOT_OFFERED) }
ltl S_03_witness { [] !(refused && iState == AwaitProofR && refusedV == NOT_OFFERED) }

ltl S_05 { [] (rUp -> iUp) }
ltl S_05_witness { [] !(iUp && !rUp) }

ltl S_07 { [] !forgedTaken }
ltl S_07_witness { [] !(refused && rState == AwaitProofI) }

ltl S_08 { [] (iMoved <= 1 && rMoved <= 2) }
ltl S_08_witness { [] !(again && iUp) }

ltl S_29 { [] (iUp -> iTook != ECHO) }
ltl S_29_witness { [] !(refused && iState == AwaitProofR && refusedV == ECHO) }

ltl S_37 { [] ((iUp -> iTook != BAD_VALUE) && (rState == AwaitProofI -> rTook != INVALID)) }
ltl S_37_witness { [] !(refused && rState == Idle && refusedV == INVALID) }

ltl L_01 { [] (waits -> <> !waits) }
ltl L_01_witness { [] !(iState == Failed && rState == Failed) }

#ifdef FAIR     /* on the network that delivers */

ltl L_02 { <> ((iUp && rUp) || !fits) }
ltl L_02_witness { [] !(iUp && rUp && losses == LOSSES) }

ltl L_03 { <> ((iUp && rUp) || !fits) }
ltl L_03_witness { [] !(iUp && rUp && forgeries == FORGERIES) }

ltl L_04 { [] ((iUp && fits) -> <> rUp) }
ltl L_04_witness { [] !(iUp && rWaits && iTries > 0) }

#endif
