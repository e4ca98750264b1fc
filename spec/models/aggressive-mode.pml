/* Aggressive Mode (RFC 2409 sections 5.1 to 5.4) between two ends and an attacker who owns the network.

   Tables: that of the METHOD (method.pml), with a pre-shared key where none is named. One initiator, one responder, one exchange,
   and the initiator's first message after it, in Quick Mode or, from an edge device, for XAUTH: while message 3 is missing it makes the
   responder send message 2 again, for nobody else asks for message 3 (D-04). With HYBRID_I there is none: the user waits for XAUTH,
   and so does one of any method whose XAUTH follows.

   What each end was told by its owner is chosen at the start: what each knows of the other's key, whether the responder accepts the
   offer, whether either names itself as the other expects, and with signatures whether the initiator's certificate names who
   message 1 says it is.

   A datagram holds one number:
     First     the offer, whose KE and nonce, the identity     UNFIT, INVALID, STRANGER, OF_I, OF_E, and MISREAD, BY_NAME
     Second    choice, KE, nonce, identity and proof           NOT_OFFERED, BAD_VALUE, ECHO, GARBAGE, OF_E, PROOF_R(secret, ni, id)
     Proof     the initiator's proof                           GARBAGE, OF_E, PROOF_I(secret, certificate, met)

   Not here: a second exchange between the same ends, the clear notify of a refusal (main-mode.pml has both ways of it),
   encryption: message 3 may be clear, so it counts for nothing.

   clause hybrid-4.2-01 clause hybrid-4.2-03 clause 2409-5.1-02 clause 2409-5.1-03 clause 2409-5.1-06 clause 2409-5.2-03
   clause 2409-5.2-04 clause 2409-5.2-05 clause 2409-5.3-02 clause 2409-5.3-07 clause 2409-5.4-04 clause 2409-5-05 clause 2409-5-07
   clause 2409-5-14 clause 2409-5-17 clause 2409-5-18 clause 2408-1.7.1-01 clause 2408-5.1-05 clause 2408-5.1-06 clause 2408-5.4-03
   clause 2408-5.11-01 clause 2407-4.6.2-02 */

mtype = { Idle, AwaitHashR, AwaitHashI, AwaitSigR, AwaitSigI, Established, Failed };
mtype = { Nothing, Initiate, SaKeyNonceId, SaKeyIdNonce, SaNonceKeyId, SaKeyNonceIdHash, SaKeyIdNonceHash, SaNonceKeyIdHash };
mtype = { SaKeyNonceIdSignature, Hash, Signature, Refusal, RetriesSpent, HalfOpenExpired, QuickMode, QuickModeAnswer };

#include "network.pml"
#include "method.pml"

#if METHOD == PSK
#define TABLE "aggressive-mode-psk.rows"
#elif METHOD == SIG
#define TABLE "aggressive-mode-sig.rows"
#elif METHOD == PKE
#define TABLE "aggressive-mode-pke.rows"
#elif METHOD == RPKE
#define TABLE "aggressive-mode-rpke.rows"
#elif METHOD == HYBRID_I
#define TABLE "aggressive-mode-hybrid-init.rows"
#else
#define TABLE "aggressive-mode-hybrid-resp.rows"
#endif

#if R_SIGNS
#define AwaitProofR AwaitSigR
#define Second SaKeyNonceIdSignature
#else
#define AwaitProofR AwaitHashR
#define Second SaKeyNonceIdHash
#endif
#if I_SIGNS
#define AwaitProofI AwaitSigI
#define Proof Signature
#else
#define AwaitProofI AwaitHashI
#define Proof Hash
#endif

/* What is sent is named in the order in which it is drawn, what comes by what it must have. */
#if METHOD == PKE
#define SendsFirst SaKeyIdNonce
#define SendsSecond SaKeyIdNonceHash
#elif METHOD == RPKE
#define SendsFirst SaNonceKeyId
#define SendsSecond SaNonceKeyIdHash
#else
#define SendsFirst SaKeyNonceId
#define SendsSecond Second
#endif

#ifndef HALF_OPEN
#define HALF_OPEN 4                     /* ticks that a responder waits for a whole exchange */
#endif

/* Message 1: an offer that is not acceptable; acceptable, with a public value outside its group; with an identity that policy does
   not know; with the initiator's own KE and nonce, or the attacker's. With MISREAD what is encrypted in it is encrypted to a key that
   the responder has not, with BY_NAME the message says so. */
#define UNFIT 0
#define INVALID 1
#define STRANGER 2
#define OF_I 3
#define OF_E 4
#define MISREAD 8
#define BY_NAME 16
#define base(v) ((v) & 7)
#define isMisread ((v & MISREAD) != 0)
#define isUnknown (isMisread && (v & BY_NAME) != 0)

/* Message 2: a choice that was not offered; a public value outside its group; the initiator's own KE or nonce; a proof that nobody
   made; the attacker's KE and nonce with the HASH that goes with them (OF_E, as in message 1; so message 3 where message 1 was his);
   the responder's. secret is 0 for what the initiator holds: the pre-shared key, or its key pair, to which the nonce is encrypted;
   with signatures 0 is the signer's own key and 1 the attacker's. ownN is whether the responder took the initiator's own nonce, met
   what the initiator took. */
#define NOT_OFFERED 0
#define BAD_VALUE 1
#define ECHO 2
#define GARBAGE 3
#define PROOF_R(secret, ownN, id) (8 + (secret) + 2 * (1 - (ownN)) + 4 * (id))
#define PROOF_I(secret, certificate, met) (8 + (secret) + 2 * (certificate) + 4 * ((met) == OF_E))
#define isProof (v >= 8)
#define secretOf(v) ((v) & 1)
#define rSecret (!I_SIGNS && !R_SIGNS && rKnows == WRONG)

chan toI = [4] of { mtype, byte };
chan toR = [4] of { mtype, byte };
chan againI = [2] of { mtype, byte };
chan againR = [2] of { mtype, byte };

/* What the owners chose. */
byte first = OF_I, rId = EXPECTED, iCertificate = EXPECTED;

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
#define tookOwn (rTook == first && (first == OF_I || first == STRANGER))
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
       iTries = 0; iTimer = (iWaits || (iState == Established && METHOD != HYBRID_I) -> GAP(0) : 0);
       last = message;
       if
       :: message == SendsFirst ->
            message = SaKeyNonceId; last = SaKeyNonceId;
            content = first + (iKnows == WRONG && ENCRYPTS -> MISREAD : 0) + (named -> BY_NAME : 0)
       :: message == Proof -> content = PROOF_I(0, iCertificate, iTook)
       :: else -> content = 0
       fi;
       Send(toR, message, content);
       if
       :: iState == Established && METHOD != HYBRID_I -> iAsks = true; Send(toR, QuickMode, 0)
       :: else
       fi
  fi
}

#define when_ChoiceNotOffered (v == NOT_OFFERED)
#define when_PublicValueInvalid (v == BAD_VALUE || v == ECHO)
#define when_HashMatches (v == PROOF_R(0, 1, EXPECTED))
#define when_IdentityRefused (v == PROOF_R(0, 1, OTHER))
#define when_AnswerUnreadable (isProof && secretOf(v) != 0)
#if METHOD == RPKE
#define when_HashDiffers (v == GARBAGE || (isProof && !when_AnswerUnreadable && !when_HashMatches && !when_IdentityRefused))
#else
#define when_HashDiffers (v == GARBAGE || (isProof && !when_HashMatches && !when_IdentityRefused))
#endif
/* With signatures, a key that is not trusted is told from a proof that is not made with the key that is. */
#define when_CertificateRefused (isProof && (secretOf(v) != 0 || iKnows == WRONG))
#define when_SignatureMatches (iKnows == RIGHT && when_HashMatches)
#define when_SignerRefused (iKnows == RIGHT && when_IdentityRefused)
#define when_SignatureDiffers (!when_CertificateRefused && when_HashDiffers)
/* The user's HASH in hybrid authentication: who he says he is counts for nothing. */
#define when_SecondHashMatches (v == OF_E || v == PROOF_R(0, 1, EXPECTED) || v == PROOF_R(0, 1, OTHER))
#define when_SecondHashDiffers (v == GARBAGE || (isProof && !when_SecondHashMatches))
#define when_PeerKeyUsable (iKnows != NONE)
#define when_PeerKeyUnusable (iKnows == NONE)
#define when_PeerKeyKnown when_PeerKeyUsable
#define when_PeerKeyUnknown when_PeerKeyUnusable

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
       :: Forged(iListens && iState == AwaitProofR && (R_SIGNS || ENCRYPTS), Second, PROOF_R(1, 1, EXPECTED))       /* with a key of his own */
       :: Raced(iListens && iState == AwaitProofR && METHOD == HYBRID_R, Second, OF_E)
       :: iDue && iTries < RETRIES -> iTries++; iTimer = GAP(iTries);
          if
          :: iWaits -> Send(toR, last, content)
          :: else -> Send(toR, QuickMode, 0)
          fi
       :: iDue && iTries == RETRIES && iWaits -> event = RetriesSpent
       :: iDue && iTries == RETRIES && !iWaits -> iAsks = false
       fi;

       if                                                               /* What comes of it. */
#include TABLE
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
#undef when_AnswerUnreadable
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
       if
       :: message == SendsSecond -> last = Second; content = PROOF_R(rSecret, tookOwn, rId)
       :: else -> last = Nothing
       fi;
       Send(toI, last, content)
  fi
}

#define isAcceptable (base(v) != UNFIT)
#define when_NothingAcceptable (!isAcceptable)
#if ENCRYPTS                            /* who the peer is, is judged by message 3 */
#define when_IdentityRefused (v == PROOF_I(0, EXPECTED, 0) && tookOwn && first == STRANGER)
#else
#define when_IdentityRefused (base(v) == STRANGER)
#endif
#define when_FirstMessageAcceptable (base(v) == OF_I || base(v) == OF_E)
#define when_FirstMessageReadable (when_FirstMessageAcceptable || base(v) == STRANGER)
#define when_PublicValueInvalid (base(v) == INVALID)
#if METHOD == RPKE                      /* HASH(1), and what opens, before the public value; or behind it, where that is in clear */
#define when_OwnKeyUnknown (isAcceptable && isUnknown)
#define when_OfferUnreadable (isAcceptable && isMisread && !isUnknown)
#define when_PublicValueOfOfferInvalid (!isMisread && base(v) == INVALID)
#define isAnswered (isAcceptable && !isMisread && base(v) != INVALID)
#else
#define when_PublicValueOfOfferInvalid (base(v) == INVALID)
#define when_OwnKeyUnknown (isAcceptable && base(v) != INVALID && isUnknown)
#define isAnswered (isAcceptable && base(v) != INVALID && !isUnknown)
#endif
#define when_Answerable (isAnswered && rKnows != NONE)
#define when_Unanswerable (isAnswered && rKnows == NONE)
#define when_HashMatches (v == PROOF_I(rSecret, EXPECTED, 0) && tookOwn && first == OF_I)
#define when_LastHashMatches ((v == PROOF_I(0, EXPECTED, 0) && tookOwn) || (v == OF_E && rTook == OF_E))
#define when_UserHashDiffers (!when_LastHashMatches)
#if ENCRYPTS
#define when_HashDiffers (!when_HashMatches && !when_IdentityRefused)
#else
#define when_HashDiffers (!when_HashMatches)
#endif
#define when_CertificateRefused (isProof && (secretOf(v) != 0 || rKnows == WRONG))
#define when_SignatureMatches (rKnows == RIGHT && when_HashMatches)
#define when_SignerRefused (rKnows == RIGHT && v == PROOF_I(0, OTHER, 0) && tookOwn)
#define when_SignatureDiffers (!when_CertificateRefused && !when_SignatureMatches && !when_SignerRefused)

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
       :: Forged(rListens && rState == Idle && !ENCRYPTS && METHOD != HYBRID_I, SaKeyNonceId, STRANGER)
       :: Raced(rListens && rState == Idle, SaKeyNonceId, OF_E)
       :: Forged(rListens && rState == Idle && METHOD == RPKE, SaKeyNonceId, OF_E + MISREAD)
       :: Raced(rListens && rState == Idle && METHOD == PKE, SaKeyNonceId, OF_E + MISREAD)
       :: Forged(rListens && rState == Idle && ENCRYPTS, SaKeyNonceId, OF_E + MISREAD + BY_NAME)
       :: Forged(rListens && rState == AwaitProofI, Proof, GARBAGE)
       :: Forged(rListens && rState == AwaitProofI, Proof, PROOF_I(1 - rSecret, EXPECTED, 0))    /* of a secret or key of his own */
       :: Forged(rListens && rState == AwaitProofI && METHOD == HYBRID_I && rTook == OF_E, Proof, OF_E)
       :: rDue -> event = HalfOpenExpired
       fi;

       if                                                               /* What comes of it. */
#include TABLE
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
    ChooseKeys();
    if :: skip :: first = UNFIT :: first = STRANGER fi;
    if :: skip :: rId = OTHER fi;
#if I_SIGNS
    if :: skip :: iCertificate = OTHER fi;
#endif
    run Initiator(); run Responder(); run Clock()
  }
}

/* ---------------------------------------------------------------- The properties: words in spec/properties.md. */

#define iUp (iState == Established)
#define rUp (rState == Established)
#define waits (iWaits || rWaits)
#define iId (first == STRANGER || iCertificate == OTHER)
#define fits (keysFit && first != UNFIT && iIsExpected && rIsExpected)
#define iMet iTook
#define rMet rTook

ltl S_01 {
  [] (authentic && (iSure -> (iTook == PROOF_R(0, 1, rId) && rIsExpected && tookOwn))
      && (rSure -> (tookOwn && first != UNFIT && iIsExpected)))
}
ltl S_01_witness { [] !rSure }

ltl S_02 { [] ((iUp && rUp) -> iTook == PROOF_R(rSecret, tookOwn, rId)) }
ltl S_02_witness { [] !(iUp && rUp) }

ltl S_03 { [] (iUp -> iTook != NOT_OFFERED) }
ltl S_03_witness { [] !(refused && iState == AwaitProofR && refusedV == NOT_OFFERED) }

ltl S_05 { [] (rSure -> iUp) }
ltl S_05_witness { [] !(iUp && !rUp) }

ltl S_07 { [] !forgedTaken }
ltl S_07_witness { [] !(refused && rState == AwaitProofI) }

ltl S_08 { [] (iMoved <= 1 && rMoved <= 2) }
ltl S_08_witness { [] !(again && iUp) }

ltl S_29 { [] (iUp -> iTook != ECHO) }
ltl S_29_witness { [] !(refused && iState == AwaitProofR && refusedV == ECHO) }

ltl S_37 { [] ((iUp -> iTook != BAD_VALUE) && (rState == AwaitProofI -> base(rTook) != INVALID)) }
ltl S_37_witness { [] !(refused && rState == Idle && base(refusedV) == INVALID) }

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
