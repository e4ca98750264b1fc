using System.Globalization;
using System.Reflection;
using RefIke.Exploration.Mutants;
using RefIke.Properties.Engine;
using RefIke.Wire;
using Xunit;
using Xunit.v3;

namespace RefIke.Properties.Exploration;

/// <summary>The property tests as judges: every test of a class that <see cref="JudgesFaultsAttribute"/> marks, with a fault in one end of its pairs.</summary>
internal static class FaultyPairs
{
    private static readonly Type[] Judges =
        [.. typeof(FaultyPairs).Assembly.GetTypes().Where(t => t.GetCustomAttribute<JudgesFaultsAttribute>() is not null)
            .OrderBy(t => t.Namespace, StringComparer.Ordinal).ThenBy(t => t.Name, StringComparer.Ordinal)];

    /// <summary>
    /// The first class in which a test fails, of all or of the one that had it before; null where all pass. The tests of the clause
    /// that the fault breaks come first. The fault is in the end that the tests call A, then in B.
    /// </summary>
    public static string? Finding(Mutant fault, string? before)
        => Judges.Where(t => before is null || t.Name == before).SelectMany(t => Tests(t).Select(test => (Type: t, Test: test)))
            .OrderByDescending(t => t.Test.Method.GetCustomAttributes<ClauseAttribute>().Any(c => c.Id == fault.Clause))
            .FirstOrDefault(t => Fails(t.Type, t.Test, new Seeded(fault, false)) || Fails(t.Type, t.Test, new Seeded(fault, true))).Type?.Name;

    private static bool Fails(Type type, (MethodInfo Method, object?[] Arguments) test, Seeded seeded)
    {
        Seeded.Now = seeded;
        try
        {
            test.Method.Invoke(test.Method.IsStatic ? null : Activator.CreateInstance(type), test.Arguments);
            return false;
        }
        catch (TargetInvocationException failure)
        {
            var why = failure.InnerException!;
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{seeded.Fault.Id} in {(seeded.InB ? "B" : "A")}: {type.Name}.{test.Method.Name}: {why.GetType().Name}: {why.Message}");
            return true;
        }
        finally
        {
            Seeded.Now = null;
        }
    }

    private static IEnumerable<(MethodInfo Method, object?[] Arguments)> Tests(Type type)
        => from method in type.GetMethods().Where(m => m.GetCustomAttribute<FactAttribute>() is not null)
               .OrderBy(m => m.Name, StringComparer.Ordinal)
           from arguments in Arguments(type, method)
           select (method, arguments);

    private static IEnumerable<object?[]> Arguments(Type type, MethodInfo test)
        => test.GetCustomAttribute<MemberDataAttribute>() is { } member
            ? ((IEnumerable<ITheoryDataRow>)type.GetProperty(member.MemberName)!.GetValue(null)!).Select(r => r.GetData())
            : test.GetParameters().Length == 0 ? [[]]
            : test.GetCustomAttributes<InlineDataAttribute>().Select(d => d.Data.Zip(test.GetParameters(), Fitting).ToArray());

    /// <summary>A constant of an attribute as the parameter wants it: a 7 may be a byte.</summary>
    private static object? Fitting(object? value, ParameterInfo parameter)
        => value is IConvertible && parameter.ParameterType is { IsPrimitive: true } type
            ? Convert.ChangeType(value, type, CultureInfo.InvariantCulture) : value;
}
