namespace RefIke.Specification.Symbolic;

/// <summary>A fault seeded in a model of <c>spec/symbolic</c>: what is weakened, and which searches must notice.</summary>
/// <param name="Mutant">The seeded fault of the real code that it is the same as, <c>M-nn</c>; null where there is none.</param>
/// <param name="Words">What is weakened.</param>
/// <param name="File">In which file, without its ending.</param>
/// <param name="From">What stands there.</param>
/// <param name="To">What stands there instead.</param>
/// <param name="Model">The variant that notices.</param>
/// <param name="Note">How the notes of the searches begin that do.</param>
/// <param name="Also">What is changed beside it.</param>
public sealed record SymbolicFault(
    string? Mutant, string Words, string File, string From, string To, string Model, string Note, (string From, string To)? Also = null)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<SymbolicFault> All { get; } =
    [
        new(null, "the mended hash does not name the peer",
            "phase1", "eq names(P) = P == signedNamed .", "eq names(P) = false .", "main-mode-sig", "Y-05, A-03 mended"),
        new("M-89", "a signature that anybody can make is accepted",
            "phase1", "\"SIG\" : sig(A, hash(P, Q, SK, A, B, V))", "\"SIG\" : c(50)", "main-mode-sig", "Y-03."),
        new(null, "SKEYID of signatures without g^xy, and SKEYID_d too",
            "phase1", "= prf(NI ; NR, Z ; alg(F)) .", "= prf(NI ; NR, alg(F)) .", "main-mode-sig", "Y-01", ("prf(SK, Z ; CI ; CR ; c(0)) .", "prf(SK, CI ; CR ; c(0)) .")),
        new(null, "SKEYID_d of a pre-shared key without g^xy",
            "phase1", "= prf(SK, Z ; CI ; CR ; c(0)) .", "= prf(SK, CI ; CR ; c(0)) .", "main-mode-psk", "Y-02"),
        new("M-69", "SAi_b left out of HASH_I and HASH_R",
            "phase1", "eq covers(P, V) = offered(V) .", "eq covers(P, V) = c(20) .", "main-mode-psk", "Y-06"),
        new("M-93", "an end takes its own values for the peer's",
            "phase1", "eq tolerant(P) = P == sharedTolerant .", "eq tolerant(P) = true .", "main-mode-psk", "Y-05, A-01, A-16 mended"),
        new(null, "the key of a pair of names is everybody's",
            "phase1", "prf(psk(A, B), NI ; NR ; alg(F))", "prf(c(51), NI ; NR ; alg(F))", "main-mode-psk", "Y-10"),
        new("M-96", "a responder answers every session with the same values",
            "phase1", "V := v(CI, ck(N), GX, g(x(N)), NX, n(N), SA, chosen(SA))", "V := v(CI, ck(2), GX, g(x(2)), NX, n(2), SA, chosen(SA))", "aggressive-mode-psk", "Y-09", ("eq gxy(N, R, v(CI, CR, GI, GR, NI, NR, SA, F)) = pow(GI, x(N))", "eq gxy(N, R, v(CI, CR, GI, GR, NI, NR, SA, F)) = pow(GI, x(2))")),
        new("M-95", "a nonce is not encrypted",
            "encrypted", "\"ID\" : penc(B, id(A)) ; \"NONCE\" : penc(B, NX)", "\"ID\" : penc(B, id(A)) ; \"NONCE\" : NX", "main-mode-pke", "Y-03."),
        new("M-95", "an identity is not encrypted",
            "encrypted", "\"ID\" : penc(B, id(A)) ; \"NONCE\"", "\"ID\" : id(A) ; \"NONCE\"", "main-mode-pke", "Y-10"),
        new(null, "the joint ciphertext is split again",
            "encrypted", "\"ID NONCE\" : penc(B, id(A) ; NX)", "\"ID\" : penc(B, id(A)) ; \"NONCE\" : penc(B, NX)", "main-mode-pke", "Y-05, A-07 mended"),
        new(null, "the revised mode's key is made of the cookie alone",
            "encrypted", "\"ID\" : enc(prf(NX, CX), id(A))", "\"ID\" : enc(prf(CX, CX), id(A))", "main-mode-rpke", "Y-10"),
        new(null, "the mended hash leaves the choice out",
            "negotiation", "= body(SA) ; F .", "= body(SA) .", "negotiation", "Y-07, A-35 mended"),
        new(null, "the mended hash leaves the vendor ids out",
            "negotiation", "eq covers(extended, v(CI, CR, GI, GR, NI, NR, SA, F)) = SA .", "eq covers(extended, v(CI, CR, GI, GR, NI, NR, SA, F)) = body(SA) .", "negotiation", "Y-06, A-41 mended"),
        new(null, "the mended hash joins the nonces",
            "negotiation", "= body(SA) ; h(NI) ; h(NR) .", "= body(SA) ; h(NI ; NR) .", "negotiation", "Y-08, A-15 mended"),
        new(null, "KE is no longer masked by the key",
            "weak-psk", "enc(psk(A, B), g(x(N)))", "g(x(N))", "weak-psk", "Y-11, A-18 mended", ("enc(psk(A, B), GX)", "GX")),
        new(null, "the responder that speaks first keeps nothing of the run from who listens",
            "responder-first", "skey(P, N, Q, A, B, V)", "c(52)", "responder-first", "Y-14", ("keyE(P, N, Q, A, B, V)", "c(54)")),
        new(null, "the gateway's signature covers nothing",
            "group-psk-xauth", "\"SIG\" : sig(A, hash(hybrid, R, SK, A, B, V))", "\"SIG\" : c(53)", "group-psk-xauth", "Y-16, A-26 mended"),
        new("M-105", "HASH(3) is not looked at",
            "quick-mode", "if T := third(P, MI, L, NI, NR) /\\ K |- T .", "if T := third(P, MI, L, NI, NR) .", "quick-mode", "Y-05."),
        new("M-74", "KEYMAT without g(qm)^xy",
            "phase2", "prf(skeyidD, Z ; c(3) ; T ; NI ; NR)", "prf(skeyidD, c(3) ; T ; NI ; NR)", "quick-mode", "Y-02. With PFS"),
        new(null, "SKEYID is the same in every session",
            "phase1", "= prf(NI ; NR, Z ; alg(F)) .", "= psk(A, B) .", "aggressive-mode-sig", "Y-15", ("prf(SK, Z ; CI ; CR ; c(0)) .", "prf(SK, CI ; CR ; c(0)) .")),
        new("M-56", "client identities are not compared",
            "quick-mode", "\"ID\" : client(A) ; \"ID\" : client(B) ; end", "\"ID\" : client(?) ; \"ID\" : client(?) ; end", "quick-mode", "Y-03, A-12. Identities"),
        new("M-128", "an M-ID that was met is forgotten",
            "phase2", "eq met(P, S, MI) = if refuses(P) == everyones then S & MI else S fi .", "eq met(P, S, MI) = S .", "quick-mode", "Y-12, A-68 mended"),
        new("M-138", "an M-ID that I opened is taken from the peer",
            "phase2", "eq opened(P, S, MI) = if refuses(P) == nobodys then S else S & MI fi .", "eq opened(P, S, MI) = S .", "quick-mode", "Y-05, A-11 mended: an M-ID"),
        new(null, "an Informational may have any payload",
            "informational", "eq takes(P, \"SA\" : T) = P == laxNext .", "eq takes(P, \"SA\" : T) = true .", "informational", "Y-13, A-14 mended"),
        new(null, "New Group Mode's answer is not chained to its request",
            "new-group-mode", "eq chained(P) = P =/= asWritten .", "eq chained(P) = false .", "new-group-mode", "Y-03, A-13. In the chain"),
    ];

    /// <summary>Whether a search is one that must notice.</summary>
    public bool Asks(MaudeSearch search)
    {
        ArgumentNullException.ThrowIfNull(search);
        return search.Model == Model && search.Note.StartsWith(Note, StringComparison.Ordinal) && !search.IsWitness;
    }

    /// <summary>The text of a file with the fault in it.</summary>
    /// <exception cref="InvalidOperationException">What is to be changed does not stand there.</exception>
    public string Seed(string file, string text)
        => file != $"{File}.maude" ? text : Also is var (from, to) ? Changed(Changed(text, From, To), from, to) : Changed(text, From, To);

    private string Changed(string text, string from, string to)
        => text.Contains(from, StringComparison.Ordinal) ? text.Replace(from, to, StringComparison.Ordinal)
            : throw new InvalidOperationException($"{Words}: {File}.maude has no {from}");
}
