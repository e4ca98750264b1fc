using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RefIke.Properties.Specification;

/// <summary>
/// The guards of src/RefIke.Exchanges as formulas, read from the code: a guard that is made of others is replaced by them, and what
/// is left are facts that are true or false by themselves. Two facts that the code writes differently count as unrelated.
/// </summary>
internal sealed class GuardFormulas(Compilation code)
{
    /// <summary>What a formula is asked of: a fact has one of its values.</summary>
    internal abstract record Formula
    {
        /// <summary>The facts it speaks of, each with the values that it compares them with.</summary>
        public abstract IEnumerable<(string Fact, string Value)> Facts { get; }

        public abstract bool Holds(IReadOnlyDictionary<string, string> facts);
    }

    internal sealed record Constant(bool Value) : Formula
    {
        public override IEnumerable<(string, string)> Facts => [];

        public override bool Holds(IReadOnlyDictionary<string, string> facts) => Value;
    }

    /// <summary>A fact has a value; <c>true</c> where it is nothing but true or false.</summary>
    internal sealed record Is(string Fact, string Value) : Formula
    {
        public override IEnumerable<(string, string)> Facts => [(Fact, Value)];

        public override bool Holds(IReadOnlyDictionary<string, string> facts) => facts[Fact] == Value;
    }

    internal sealed record Not(Formula Of) : Formula
    {
        public override IEnumerable<(string, string)> Facts => Of.Facts;

        public override bool Holds(IReadOnlyDictionary<string, string> facts) => !Of.Holds(facts);
    }

    internal sealed record If(Formula Condition, Formula Then, Formula Else) : Formula
    {
        public override IEnumerable<(string, string)> Facts => [.. Condition.Facts, .. Then.Facts, .. Else.Facts];

        public override bool Holds(IReadOnlyDictionary<string, string> facts)
            => (Condition.Holds(facts) ? Then : Else).Holds(facts);
    }

    private static readonly Constant True = new(true);
    private static readonly Constant False = new(false);

    /// <summary>A method that answers true or false.</summary>
    public Formula Of(IMethodSymbol method) => method.DeclaringSyntaxReferences.SingleOrDefault()?.GetSyntax() is MethodDeclarationSyntax declared
        ? Of(declared, $"{method.ContainingType.Name}.{method.Name}")
        : new Is(method.ToDisplayString(), "true");

    private Formula Of(MethodDeclarationSyntax method, string name) => method switch
    {
        { ExpressionBody.Expression: InvocationExpressionSyntax { ArgumentList.Arguments: [_, var computed] } once }
            when once.Expression.ToString() == "t.Once" => Of(((LambdaExpressionSyntax)computed.Expression).Body, name),
        { ExpressionBody.Expression: var expression } => Of(expression, name),
        _ => Of(method.Body!, name),
    };

    private Formula Of(CSharpSyntaxNode body, string name) => body switch
    {
        BlockSyntax block => Of([.. block.Statements], name),
        ParenthesizedExpressionSyntax p => Of(p.Expression, name),
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.TrueLiteralExpression) => True,
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.FalseLiteralExpression) => False,
        PrefixUnaryExpressionSyntax no when no.IsKind(SyntaxKind.LogicalNotExpression) => new Not(Of(no.Operand, name)),
        BinaryExpressionSyntax both when both.IsKind(SyntaxKind.LogicalAndExpression) => new If(Of(both.Left, name), Of(both.Right, name), False),
        BinaryExpressionSyntax either when either.IsKind(SyntaxKind.LogicalOrExpression) => new If(Of(either.Left, name), True, Of(either.Right, name)),
        BinaryExpressionSyntax equal when equal.IsKind(SyntaxKind.EqualsExpression) && IsEnum(equal.Right) =>
            new Is(Named(equal.Left), Named(equal.Right)),
        IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax { Pattern: var pattern } } isNot => new Not(Of(isNot.Expression, pattern)),
        IsPatternExpressionSyntax test => Of(test.Expression, test.Pattern),
        InvocationExpressionSyntax call when code.GetSemanticModel(call.SyntaxTree).GetSymbolInfo(call).Symbol is IMethodSymbol called
            && called.ReturnType.SpecialType == SpecialType.System_Boolean => Of(called),
        MemberAccessExpressionSyntax or IdentifierNameSyntax when Property((ExpressionSyntax)body) is { } of => Of(of, name),
        _ => new Is(Named(body), "true"),
    };

    /// <summary>
    /// What a method returns before and after its early exits; what it works out in between is a fact of its own, named after it.
    /// </summary>
    private Formula Of(ImmutableArray<StatementSyntax> statements, string name) => statements switch
    {
        [IfStatementSyntax { Else: null } early, .. var rest] when Exit(early.Statement) is { } value =>
            new If(Of(early.Condition, name), Of(value, name), Of(rest, name)),
        [ReturnStatementSyntax { Expression: LiteralExpressionSyntax literal }] => Of(literal, name),
        [var first, .. { Length: > 0 } rest] when !first.DescendantNodesAndSelf().OfType<ReturnStatementSyntax>().Any() => Of(rest, name),
        _ => new Is($"the rest of {name}", "true"),
    };

    private static ExpressionSyntax? Exit(StatementSyntax then) => then switch
    {
        ReturnStatementSyntax { Expression: { } value } => value,
        BlockSyntax { Statements: [ReturnStatementSyntax { Expression: { } value }] } => value,
        _ => null,
    };

    /// <summary><c>X is null</c> and <c>X is { } y</c> speak of one fact.</summary>
    private Formula Of(ExpressionSyntax what, PatternSyntax pattern) => pattern switch
    {
        ConstantPatternSyntax constant when constant.Expression.IsKind(SyntaxKind.NullLiteralExpression) => new Is($"{Named(what)} is null", "true"),
        RecursivePatternSyntax => new Not(new Is($"{Named(what)} is null", "true")),
        _ => new Is($"{Named(what)} is {pattern}", "true"),
    };

    private bool IsEnum(ExpressionSyntax expression)
        => code.GetSemanticModel(expression.SyntaxTree).GetSymbolInfo(expression).Symbol is IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum };

    private ExpressionSyntax? Property(ExpressionSyntax expression)
        => code.GetSemanticModel(expression.SyntaxTree).GetSymbolInfo(expression).Symbol is IPropertySymbol property
            && property.DeclaringSyntaxReferences.SingleOrDefault()?.GetSyntax() is PropertyDeclarationSyntax declared
                ? declared.ExpressionBody?.Expression
                : null;

    private string Named(CSharpSyntaxNode expression)
        => code.GetSemanticModel(expression.SyntaxTree).GetSymbolInfo(expression).Symbol is { } symbol
            ? $"{symbol.ContainingType?.Name}.{symbol.Name}"
            : expression.ToString();
}
